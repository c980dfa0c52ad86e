package io.osspost.settings;

import static io.osspost.settings.SettingReader.checked;

import io.osspost.object.OssBucket;
import java.net.URI;

/**
 * Reads the settings {@code bucket}, {@code region} and {@code endpoint}, common or of one profile,
 * and {@code server-endpoint}.
 */
final class BucketSettings {
  private BucketSettings() {}

  /** Returns the bucket whose settings begin with {@code prefix}. */
  static OssBucket read(SettingReader reader, String prefix, String name, String region) {
    // First with a valid region, so that an error concerns the name; then with the valid name.
    checked(prefix + "bucket", name, candidate -> OssBucket.of(candidate, "cn-hangzhou"));
    OssBucket bucket =
        checked(prefix + "region", region, candidate -> OssBucket.of(name, candidate));
    if (prefix.isEmpty()) {
      atServer(reader, bucket);
    }
    return reader.value(prefix + "endpoint", endpoint -> at(bucket, endpoint)).orElse(bucket);
  }

  /**
   * Returns {@code bucket} at the address that this server reaches it at: {@code server-endpoint},
   * otherwise OSS's own host for it. A custom domain may lead to a CDN, which returns cached
   * responses.
   */
  static OssBucket atServer(SettingReader reader, OssBucket bucket) {
    return reader
        .value("server-endpoint", endpoint -> atServer(bucket, endpoint))
        .orElseGet(() -> atServer(bucket, ""));
  }

  private static OssBucket atServer(OssBucket bucket, String endpoint) {
    return switch (endpoint) {
      case "internal" -> bucket.internal();
      case "public" -> OssBucket.of(bucket.name(), bucket.region());
      case "" -> isOssItself(bucket.url()) ? bucket : OssBucket.of(bucket.name(), bucket.region());
      default -> atUrl(bucket, endpoint);
    };
  }

  private static OssBucket atUrl(OssBucket bucket, String endpoint) {
    URI url = URI.create(endpoint);
    OssBucket moved = bucket.at(url);
    AddressCheck.require(bucket, url);
    return moved;
  }

  /**
   * Returns whether the URL is of an OSS endpoint, or by its path style of an emulator or a private
   * cloud.
   */
  private static boolean isOssItself(URI url) {
    String host = url.getHost();
    boolean pathStyle = url.getRawPath().length() > 1;
    return pathStyle || (host.endsWith(".aliyuncs.com") && !host.contains(".oss-accelerate"));
  }

  private static OssBucket at(OssBucket bucket, String endpoint) {
    return switch (endpoint) {
      case "internal" -> bucket.internal();
      case "accelerate" -> bucket.accelerate();
      default -> atUrl(bucket, endpoint);
    };
  }
}
