package io.osspost.emulator.internal.protocol;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * One CORS rule of a bucket. Immutable.
 *
 * @param origins such as {@code https://example.com}, each with at most one {@code *}
 * @param methods of GET, PUT, POST, DELETE and HEAD
 * @param headers names that a page may send, each with at most one {@code *}
 * @param exposed names of headers that a page may read
 * @param maxAgeSeconds the time for which a browser may cache the response
 */
public record CorsRule(
    List<String> origins,
    List<String> methods,
    List<String> headers,
    List<String> exposed,
    OptionalInt maxAgeSeconds) {
  public CorsRule {
    origins = List.copyOf(origins);
    methods = List.copyOf(methods);
    headers = List.copyOf(headers);
    exposed = List.copyOf(exposed);
  }

  boolean admits(String origin, String method, List<String> requestedHeaders) {
    return origins.stream().anyMatch(allowed -> matches(allowed, origin))
        && methods.contains(method)
        && requestedHeaders.stream()
            .allMatch(name -> headers.stream().anyMatch(allowed -> matchesName(allowed, name)));
  }

  /**
   * Returns whether the rule allows every page. The response header is then {@code *} and not the
   * page's origin.
   */
  boolean admitsAnyOrigin() {
    return origins.contains("*");
  }

  private static boolean matchesName(String allowed, String name) {
    return matches(allowed.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
  }

  private static boolean matches(String allowed, String text) {
    int star = allowed.indexOf('*');
    if (star < 0) {
      return allowed.equals(text);
    }
    String before = allowed.substring(0, star);
    String after = allowed.substring(star + 1);
    return text.length() >= before.length() + after.length()
        && text.startsWith(before)
        && text.endsWith(after);
  }
}
