package io.osspost.emulator.internal.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The bucket and the object of a request.
 *
 * <p>Virtual-hosted style names the bucket in the host, {@code bucket.anything:port}. An IP address
 * or a host without a dot cannot contain it, so there the first path segment is the bucket. Public
 * OSS rejects that second style, but the vendor's clients use it for localhost.
 *
 * @param bucket empty for a request to the service itself
 * @param key decoded; empty for a request to the bucket
 * @param pathStyle whether the bucket came from the path
 */
record Address(String bucket, String key, boolean pathStyle) {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  /**
   * Reads an address.
   *
   * @param host the Host header, with or without port; may be empty
   * @param rawPath the path as sent, percent-encoded
   * @throws OssRefusedException if the path cannot be decoded
   */
  static Address of(String host, String rawPath) {
    String afterSlash =
        PercentEncoding.decodePath(rawPath.substring(rawPath.startsWith("/") ? 1 : 0));
    Optional<String> bucket = bucketOfHost(host);
    if (bucket.isPresent()) {
      return new Address(bucket.get(), afterSlash, false);
    }
    int slash = afterSlash.indexOf('/');
    return slash < 0
        ? new Address(afterSlash, "", true)
        : new Address(afterSlash.substring(0, slash), afterSlash.substring(slash + 1), true);
  }

  private static Optional<String> bucketOfHost(String hostAndPort) {
    if (hostAndPort.startsWith("[")) {
      return Optional.empty();
    }
    int colon = hostAndPort.indexOf(':');
    String host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    int dot = host.indexOf('.');
    return dot <= 0 || IPV4.matcher(host).matches()
        ? Optional.empty()
        : Optional.of(host.substring(0, dot));
  }
}
