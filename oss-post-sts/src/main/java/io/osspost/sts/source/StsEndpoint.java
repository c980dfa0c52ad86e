package io.osspost.sts.source;

import java.net.URI;
import java.net.URISyntaxException;

/** Reads the address of STS, or of a service on this machine. */
final class StsEndpoint {
  private StsEndpoint() {}

  /**
   * Reads a host, or a URL. Plain HTTP is allowed on this machine only, because the response is a
   * secret.
   */
  static URI parse(String text) {
    URI url = url(text.contains("://") ? text : "https://" + text);
    boolean hasMore =
        url.getRawQuery() != null
            || url.getRawFragment() != null
            || url.getRawUserInfo() != null
            || !(url.getRawPath() == null || url.getRawPath().matches("/?"));
    if (url.getHost() == null || hasMore) {
      throw new IllegalArgumentException(
          "It is not an endpoint. Write only a host, like 'sts.cn-hangzhou.aliyuncs.com'.");
    }
    boolean local = Connection.isLoopback(url.getHost());
    if (!"https".equals(url.getScheme()) && !("http".equals(url.getScheme()) && local)) {
      throw new IllegalArgumentException(
          "'" + text + "' would send credentials unencrypted. Write https, or only the host.");
    }
    return url;
  }

  /**
   * Reads a URL. The message for a malformed one contains none of it, because it may contain
   * secrets.
   */
  static URI url(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "It is not a URL: "
              + e.getReason()
              + " at index "
              + e.getIndex()
              + ". Percent-encode such characters.");
    }
  }
}
