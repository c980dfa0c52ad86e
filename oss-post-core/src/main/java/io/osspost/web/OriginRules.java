package io.osspost.web;

import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.wire.AllowedOrigins;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pages that may request a grant with a visitor's cookies: those of this site and of the
 * configured origins.
 */
final class OriginRules {
  /** A link or an image of another site sends none of them, or one that is compared. */
  private static final List<String> INTENTIONS =
      List.of("X-Requested-With", "Authorization", "Sec-Fetch-Site", "Origin", "Referer");

  private final AllowedOrigins allowed;

  OriginRules(List<String> allowedOrigins) {
    this.allowed = AllowedOrigins.of(allowedOrigins);
  }

  /**
   * Refuses requests from pages of other sites. For a GET over plain HTTP, a browser may send only
   * {@code Referer}. A client that sends neither {@code Origin}, {@code Referer} nor {@code
   * Sec-Fetch-Site} is not a browser, and is accepted.
   */
  void check(WebRequest request) {
    Optional<String> origin = request.header("Origin");
    if (origin.filter(this::isAllowed).isPresent()) {
      return;
    }
    Optional<String> referer = request.header("Referer").map(OriginRules::originOf);
    if (origin.isEmpty() && referer.filter(this::isAllowed).isPresent()) {
      return;
    }
    Optional<String> site = request.header("Sec-Fetch-Site");
    boolean ownPage =
        site.map(value -> value.equals("same-origin") || value.equals("none"))
            .orElseGet(
                () -> origin.or(() -> referer).map(page -> isOwn(page, request)).orElse(true));
    if (!ownPage) {
      throw new UploadRefusedException(
          Reason.FOREIGN_ORIGIN,
          "Pages of "
              + origin.or(() -> referer).orElse("another site")
              + " may not request uploads here.",
          "The operator can add that origin to cors.allowed-origins.");
    }
  }

  /**
   * Refuses a request that a link or an image of another site can cause in an old browser. Newer
   * browsers state the page's site, which {@link #check} compares.
   */
  static void requireIntention(WebRequest request) {
    if (!request.method().equals("POST")
        && INTENTIONS.stream().noneMatch(header -> request.header(header).isPresent())) {
      throw new UploadRefusedException(
          Reason.FOREIGN_ORIGIN,
          "Grants are recorded, but nothing shows that a page of this site requested this one.",
          "Use POST, or send the header X-Requested-With.");
    }
  }

  /** Returns the CORS headers of any response to {@code request}; none for other origins. */
  Map<String, String> headers(WebRequest request) {
    if (allowed.isEmpty()) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    request
        .header("Origin")
        .filter(this::isAllowed)
        .ifPresent(
            origin -> {
              headers.put("Access-Control-Allow-Origin", origin);
              headers.put("Access-Control-Allow-Credentials", "true");
              headers.put("Access-Control-Expose-Headers", "Retry-After, X-Oss-Post-Key");
            });
    return headers;
  }

  /** Returns the additional headers of the response to a preflight of an allowed origin. */
  Map<String, String> preflightHeaders(WebRequest request) {
    Map<String, String> headers = new LinkedHashMap<>(headers(request));
    if (!headers.isEmpty()) {
      headers.put("Access-Control-Allow-Methods", "GET, POST");
      request
          .header("Access-Control-Request-Headers")
          .ifPresent(names -> headers.put("Access-Control-Allow-Headers", names));
      headers.put("Access-Control-Max-Age", "600");
    }
    return headers;
  }

  private boolean isAllowed(String origin) {
    return allowed.contains(origin);
  }

  /** Returns the origin of the page at {@code url}; the opaque origin if there is none. */
  private static String originOf(String url) {
    int authority = url.indexOf("://") + 3;
    if (authority < 3 || url.length() > 8192) {
      return "null";
    }
    int end = authority;
    while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return url.substring(0, end);
  }

  /** The scheme is ignored, because a proxy may have removed TLS. */
  private static boolean isOwn(String origin, WebRequest request) {
    int afterScheme = origin.indexOf("://");
    if (afterScheme <= 0) {
      return false;
    }
    String page = origin.substring(afterScheme + 3);
    return request.header("Host").filter(page::equalsIgnoreCase).isPresent()
        || request.host().filter(page::equalsIgnoreCase).isPresent();
  }
}
