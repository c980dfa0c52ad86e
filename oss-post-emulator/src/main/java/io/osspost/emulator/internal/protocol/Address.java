package io.osspost.emulator.internal.protocol;

import java.util.Optional;

/**
 * The bucket and the object of a request.
 *
 * <p>If the host names no bucket, the first path segment does. Public OSS rejects that second
 * style, but the vendor's clients use it for localhost.
 *
 * @param bucket empty for a request to the service itself
 * @param key decoded; empty for a request to the bucket
 * @param pathStyle whether the bucket came from the path
 */
record Address(String bucket, String key, boolean pathStyle) {
  /**
   * Reads an address.
   *
   * @param hostBucket the bucket that the host names; empty if the path names it
   * @param rawPath the path as sent, percent-encoded
   * @throws OssRefusedException if the path cannot be decoded
   */
  static Address of(Optional<String> hostBucket, String rawPath) {
    String afterSlash =
        PercentEncoding.decodePath(rawPath.substring(rawPath.startsWith("/") ? 1 : 0));
    if (hostBucket.isPresent()) {
      return new Address(hostBucket.get(), afterSlash, false);
    }
    int slash = afterSlash.indexOf('/');
    return slash < 0
        ? new Address(afterSlash, "", true)
        : new Address(afterSlash.substring(0, slash), afterSlash.substring(slash + 1), true);
  }
}
