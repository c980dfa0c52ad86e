package io.osspost.sts;

import java.net.URI;

/** Where STS, or a service of this machine, is asked. */
final class StsEndpoint {
  private StsEndpoint() {}

  /** Reads a host, or a URL; plain HTTP on this machine only, since the answer is a secret. */
  static URI parse(String text) {
    URI url = URI.create(text.contains("://") ? text : "https://" + text);
    boolean hasMore =
        url.getRawQuery() != null
            || url.getRawFragment() != null
            || url.getRawUserInfo() != null
            || !(url.getRawPath() == null || url.getRawPath().matches("/?"));
    if (url.getHost() == null || hasMore) {
      throw new IllegalArgumentException(
          "It is not an endpoint. Write a host alone, like 'sts.cn-hangzhou.aliyuncs.com'.");
    }
    boolean local = Connection.isLoopback(url.getHost());
    if (!"https".equals(url.getScheme()) && !("http".equals(url.getScheme()) && local)) {
      throw new IllegalArgumentException(
          "'" + text + "' would send keys in the clear. Write https, or name the host alone.");
    }
    return url;
  }
}
