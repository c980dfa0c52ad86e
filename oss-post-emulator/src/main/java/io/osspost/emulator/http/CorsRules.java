package io.osspost.emulator.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The CORS rules of a bucket, one for each allowed origin: GET, POST, PUT, HEAD and DELETE with any
 * headers. Immutable.
 *
 * <p>Source: OSS documentation "PutBucketCors" and "OptionObject".
 */
public final class CorsRules {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "HEAD", "DELETE");
  private static final String EXPOSED = "ETag, x-oss-request-id";
  private static final String MAX_AGE_SECONDS = "600";

  private final List<String> origins;

  /**
   * Allows {@code origins}.
   *
   * @param origins such as {@code https://example.com}, each with at most one {@code *}
   */
  public CorsRules(List<String> origins) {
    this.origins = List.copyOf(origins);
  }

  /** The headers of an answer to a page of {@code origin}; none when no rule matches. */
  Map<String, String> headersFor(String origin, String method) {
    Optional<String> allowed = allowedOrigin(origin);
    if (allowed.isEmpty() || !METHODS.contains(method)) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Access-Control-Allow-Origin", allowed.get());
    headers.put("Access-Control-Allow-Methods", "GET, POST, PUT, HEAD, DELETE");
    headers.put("Access-Control-Expose-Headers", EXPOSED);
    headers.put("Access-Control-Max-Age", MAX_AGE_SECONDS);
    return headers;
  }

  /** Answers a preflight. */
  OssAnswer preflight(OssRequest request) {
    String origin = required(request, "Origin", "Origin request header needed.");
    String method =
        required(
            request,
            "Access-Control-Request-Method",
            "Request Access-Control-Request-Method header needed.");
    Map<String, String> headers = headersFor(origin, method);
    if (headers.isEmpty()) {
      throw OssError.of(
              403,
              "AccessForbidden",
              "CORSResponse: This CORS request is not allowed. This is usually because the"
                  + " evalution of Origin, request method / Access-Control-Request-Method or"
                  + " Access-Control-Requet-Headers are not whitelisted by the resource's CORS"
                  + " spec.")
          .because(
              "no CORS rule admits method "
                  + method
                  + " from origin "
                  + origin
                  + "; allowed origins are "
                  + origins);
    }
    OssAnswer answer = OssAnswer.empty(200).with(headers);
    return request
        .header("Access-Control-Request-Headers")
        .map(requested -> answer.with("Access-Control-Allow-Headers", requested))
        .orElse(answer);
  }

  private Optional<String> allowedOrigin(String origin) {
    for (String allowed : origins) {
      if (allowed.equals("*")) {
        return Optional.of("*");
      }
      if (matches(allowed, origin)) {
        return Optional.of(origin);
      }
    }
    return Optional.empty();
  }

  private static boolean matches(String allowed, String origin) {
    int star = allowed.indexOf('*');
    if (star < 0) {
      return allowed.equals(origin);
    }
    String before = allowed.substring(0, star);
    String after = allowed.substring(star + 1);
    return origin.length() >= before.length() + after.length()
        && origin.startsWith(before)
        && origin.endsWith(after);
  }

  private static String required(OssRequest request, String header, String need) {
    Optional<String> value = request.header(header);
    if (value.isEmpty()) {
      throw OssError.of(400, "BadRequest", "Insufficient information. " + need)
          .because("a preflight needs the header " + header);
    }
    return value.get();
  }
}
