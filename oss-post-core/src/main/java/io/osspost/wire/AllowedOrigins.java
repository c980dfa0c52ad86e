package io.osspost.wire;

import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Origins of web pages, as browsers write them. {@code https://*.example.com} stands for every
 * subdomain with one more label. Immutable.
 */
public final class AllowedOrigins {
  /** Domains below which strangers have their own subdomains. */
  private static final Set<String> SHARED =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(
              Arrays.asList(
                  ("com.cn net.cn org.cn gov.cn edu.cn ac.cn com.hk com.tw com.sg com.au com.br"
                          + " co.uk co.jp co.kr co.in aliyuncs.com myqcloud.com github.io gitee.io"
                          + " gitlab.io pages.dev workers.dev vercel.app netlify.app web.app"
                          + " firebaseapp.com herokuapp.com azurewebsites.net cloudfront.net"
                          + " amazonaws.com fcapp.run")
                      .split(" "))));

  private static final String WILDCARD = "://*.";

  private final Set<String> exact = new LinkedHashSet<>();
  private final Set<String> patterns = new LinkedHashSet<>();

  private AllowedOrigins() {}

  /**
   * Reads origins.
   *
   * @throws IllegalArgumentException if one of them is not an origin, or would allow strangers
   */
  public static AllowedOrigins of(List<String> origins) {
    AllowedOrigins allowed = new AllowedOrigins();
    for (String origin : origins) {
      String normal = normal(origin);
      (normal.contains(WILDCARD) ? allowed.patterns : allowed.exact).add(normal);
    }
    return allowed;
  }

  public boolean isEmpty() {
    return exact.isEmpty() && patterns.isEmpty();
  }

  /** Returns whether the origin is one of these, or a subdomain that a pattern stands for. */
  public boolean contains(String origin) {
    String lowerCase = origin.toLowerCase(Locale.ROOT);
    if (exact.contains(lowerCase)) {
      return true;
    }
    int host = lowerCase.indexOf("://") + 3;
    int dot = lowerCase.indexOf('.', host);
    return host > 3
        && dot > host
        && lowerCase.substring(host, dot).matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?")
        && patterns.contains(lowerCase.substring(0, host) + "*" + lowerCase.substring(dot));
  }

  private static String normal(String origin) {
    String text = origin.strip().toLowerCase(Locale.ROOT);
    if (text.equals("null")) {
      throw new IllegalArgumentException(
          "'null' is the origin of local files and of sandboxed frames of any site. Serve the page"
              + " from a server, and write its origin.");
    }
    text = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    boolean pattern = text.contains(WILDCARD);
    String probe = pattern ? text.replace(WILDCARD, "://any.") : text;
    if (!isOrigin(probe)) {
      throw new IllegalArgumentException(
          "'"
              + origin
              + "' is not an origin. Write scheme, host and port only, like "
              + "'https://www.example.com' or 'https://*.example.com'; any other wildcard would let"
              + " strangers use a visitor's login.");
    }
    if (pattern) {
      requireOwnDomain(origin, URI.create(probe));
    }
    return withoutDefaultPort(text);
  }

  private static boolean isOrigin(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getScheme() != null
          && uri.getScheme().matches("https?")
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && text.equals(uri.getScheme() + "://" + uri.getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void requireOwnDomain(String origin, URI probe) {
    String domain = probe.getHost().substring("any.".length());
    if (!domain.equals("localhost") && (!domain.contains(".") || SHARED.contains(domain))) {
      throw new IllegalArgumentException(
          "'"
              + origin
              + "' includes sites of strangers, who could use a visitor's login. Write a domain that"
              + " is yours alone, like 'https://*.example.com'.");
    }
    if (probe.getScheme().equals("http") && !domain.equals("localhost")) {
      throw new IllegalArgumentException(
          "'"
              + origin
              + "' is not encrypted, so that a stranger in the network could be any of its"
              + " subdomains. Write it with https, or list the origins one by one.");
    }
  }

  /** Origins are compared as browsers write them. */
  private static String withoutDefaultPort(String origin) {
    String suffix = origin.startsWith("https:") ? ":443" : ":80";
    return origin.endsWith(suffix)
        ? origin.substring(0, origin.length() - suffix.length())
        : origin;
  }
}
