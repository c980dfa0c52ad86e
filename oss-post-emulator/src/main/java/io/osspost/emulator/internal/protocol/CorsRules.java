package io.osspost.emulator.internal.protocol;

import io.osspost.emulator.internal.http.HttpAnswer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The CORS rules of a bucket. The first rule that allows a request applies. Immutable.
 *
 * <p>Source: OSS documentation "PutBucketCors" and "OptionObject".
 *
 * @param responseVary whether every response has {@code Vary: Origin}
 */
public record CorsRules(List<CorsRule> rules, boolean responseVary) {
  /** Rules that allow no page of another origin, the default of OSS. */
  public static final CorsRules NONE = new CorsRules(List.of(), false);

  public CorsRules {
    rules = List.copyOf(rules);
  }

  /**
   * Returns the response headers for a page of {@code origin}. They do not allow access if no rule
   * matches.
   */
  Map<String, String> headersFor(String origin, String method) {
    Map<String, String> headers = new LinkedHashMap<>();
    find(origin, method, List.of()).ifPresent(rule -> allow(rule, origin, headers));
    if (responseVary) {
      headers.put("Vary", "Origin");
    }
    return headers;
  }

  /** Returns the response to a preflight. */
  HttpAnswer preflight(OssRequest request) {
    String origin = required(request, "Origin", "Origin request header needed.");
    String method =
        required(
            request,
            "Access-Control-Request-Method",
            "Request Access-Control-Request-Method header needed.");
    Optional<String> requestedHeaders = request.header("Access-Control-Request-Headers");
    List<String> names =
        Arrays.stream(requestedHeaders.orElse("").split(",", -1))
            .map(String::trim)
            .filter(name -> !name.isEmpty())
            .toList();
    Optional<CorsRule> rule = find(origin, method, names);
    if (rule.isEmpty()) {
      throw OssError.of(
              403,
              "AccessForbidden",
              "CORSResponse: This CORS request is not allowed. This is usually because the"
                  + " evalution of Origin, request method / Access-Control-Request-Method or"
                  + " Access-Control-Requet-Headers are not whitelisted by the resource's CORS"
                  + " spec.")
          .because(
              "no CORS rule allows method "
                  + method
                  + " with headers "
                  + names
                  + " from origin "
                  + origin
                  + "; allowed origins are "
                  + rules.stream().flatMap(one -> one.origins().stream()).toList());
    }
    Map<String, String> headers = new LinkedHashMap<>();
    allow(rule.get(), origin, headers);
    requestedHeaders.ifPresent(list -> headers.put("Access-Control-Allow-Headers", list));
    if (request.header("Access-Control-Request-Private-Network").isPresent()) {
      // OSS is never in a private network, but the emulator is. Some browsers ask for permission.
      headers.put("Access-Control-Allow-Private-Network", "true");
    }
    return HttpAnswer.empty(200).with(headers);
  }

  private Optional<CorsRule> find(String origin, String method, List<String> headers) {
    return rules.stream().filter(rule -> rule.admits(origin, method, headers)).findFirst();
  }

  private static void allow(CorsRule rule, String origin, Map<String, String> headers) {
    headers.put("Access-Control-Allow-Origin", rule.admitsAnyOrigin() ? "*" : origin);
    headers.put("Access-Control-Allow-Methods", String.join(", ", rule.methods()));
    if (!rule.exposed().isEmpty()) {
      headers.put("Access-Control-Expose-Headers", String.join(", ", rule.exposed()));
    }
    rule.maxAgeSeconds()
        .ifPresent(age -> headers.put("Access-Control-Max-Age", Integer.toString(age)));
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
