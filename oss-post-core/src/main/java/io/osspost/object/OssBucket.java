package io.osspost.object;

import io.osspost.wire.OssRegions;
import io.osspost.wire.UrlText;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A bucket, its region, and the URL that a browser reaches it at. Immutable.
 *
 * @param name 3 to 63 lower-case letters, digits and hyphens
 * @param region the region as V4 signatures name it, such as {@code cn-hangzhou}
 * @param url the address of forms, such as {@code
 *     https://examplebucket.oss-cn-hangzhou.aliyuncs.com}
 */
public record OssBucket(String name, String region, URI url) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
  private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)+");

  /** Hosts that have no name for each bucket: addresses, and names of containers. */
  private static final Pattern LOCAL =
      Pattern.compile(
          "[^.]+|[0-9.]+|\\[.*]|host\\.(docker|containers|testcontainers)\\.internal",
          Pattern.CASE_INSENSITIVE);

  /**
   * Checks name and region. {@link #of} and {@link #at} build the URL.
   *
   * @param name a name that OSS allows
   * @param region without the prefix {@code oss-} of endpoints
   * @param url not checked
   * @throws IllegalArgumentException if name or region is malformed
   */
  public OssBucket {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is not a bucket name. Write 3 to 63 lower-case letters, digits and hyphens,"
              + " beginning and ending with a letter or digit.");
    }
    if (region.startsWith("oss-")) {
      throw new IllegalArgumentException(
          "Signatures name the region without 'oss-'. Write '" + region.substring(4) + "'.");
    }
    if (!REGION.matcher(region).matches()) {
      throw new IllegalArgumentException(
          "'" + region + "' is not a region. Write it like 'cn-hangzhou'.");
    }
  }

  /**
   * {@return the bucket at its public address, {@code https://<bucket>.oss-<region>.aliyuncs.com},
   * or the one of the finance cloud}
   *
   * @param name 3 to 63 lower-case letters, digits and hyphens
   * @param region the bucket's region, such as {@code cn-hangzhou}
   */
  public static OssBucket of(String name, String region) {
    return hosted(name, region, OssRegions.service(region));
  }

  /** {@return the same bucket at its address inside Alibaba Cloud's own network} */
  public OssBucket internal() {
    return hosted(name, region, OssRegions.service(region) + "-internal");
  }

  /** {@return the same bucket behind transfer acceleration, which must be enabled for it} */
  public OssBucket accelerate() {
    return hosted(name, region, "oss-accelerate");
  }

  /**
   * Returns the same bucket at another address: an OSS endpoint (the bucket's name is put before
   * it), a custom domain that is bound to the bucket, or an emulator or private cloud on an IP
   * address, a name without a dot such as {@code localhost}, or a name by which containers reach
   * their host such as {@code host.docker.internal}. There the bucket becomes the first part of the
   * path.
   *
   * @param endpoint an {@code http} or {@code https} URL without path, query or user
   * @return a copy with that address
   * @throws IllegalArgumentException if {@code endpoint} contains more than scheme, host and port
   */
  public OssBucket at(URI endpoint) {
    String scheme = endpoint.getScheme();
    String host = endpoint.getHost();
    boolean plain =
        endpoint.getRawUserInfo() == null
            && endpoint.getRawQuery() == null
            && endpoint.getRawFragment() == null
            && (endpoint.getRawPath() == null || endpoint.getRawPath().matches("/?"));
    if (host == null && String.valueOf(endpoint.getRawAuthority()).contains("_")) {
      throw new IllegalArgumentException(
          "'"
              + UrlText.of(endpoint)
              + "' has an underscore in its host, which host names must not have. Rename the host,"
              + " for example to '"
              + endpoint.getRawAuthority().replace('_', '-')
              + "'.");
    }
    if (host == null || scheme == null || !scheme.matches("https?") || !plain) {
      throw new IllegalArgumentException(
          "'"
              + UrlText.of(endpoint)
              + "' is not an endpoint. Write scheme and host only, like"
              + " 'https://files.example.com'.");
    }
    String port = endpoint.getPort() == -1 ? "" : ":" + endpoint.getPort();
    if (LOCAL.matcher(host).matches()) {
      return new OssBucket(
          name, region, URI.create(scheme + "://" + host + port + "/" + name + "/"));
    }
    boolean sharedByAllBuckets =
        host.toLowerCase(Locale.ROOT).endsWith(".aliyuncs.com") && !host.startsWith(name + ".");
    String address = sharedByAllBuckets ? name + "." + host : host;
    return new OssBucket(name, region, URI.create(scheme + "://" + address + port));
  }

  private static OssBucket hosted(String name, String region, String service) {
    return new OssBucket(
        name, region, URI.create("https://" + name + "." + service + ".aliyuncs.com"));
  }
}
