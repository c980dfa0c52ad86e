package io.osspost.settings;

import static io.osspost.settings.SettingReader.checked;

import io.osspost.object.OssBucket;
import java.net.URI;

/**
 * The settings {@code bucket}, {@code region} and {@code endpoint}, of all or of one profile, and
 * {@code server-endpoint}.
 */
final class BucketSettings {
  private BucketSettings() {}

  /** The bucket whose settings begin with {@code prefix}. */
  static OssBucket read(SettingReader reader, String prefix, String name, String region) {
    // A sound region first, so that a complaint is about the name; then the other way round.
    checked(prefix + "bucket", name, candidate -> OssBucket.of(candidate, "cn-hangzhou"));
    OssBucket bucket =
        checked(prefix + "region", region, candidate -> OssBucket.of(name, candidate));
    return reader
        .value(prefix + "endpoint", endpoint -> endpoint.isEmpty() ? bucket : at(bucket, endpoint))
        .orElse(bucket);
  }

  /**
   * Returns {@code bucket} at the address that this server reaches it at: {@code server-endpoint},
   * or else OSS's own host for it. An own domain leads to a CDN, perhaps, which answers from a
   * cache.
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
      default -> bucket.at(URI.create(endpoint));
    };
  }

  /** Whether the URL is of an OSS endpoint, an emulator or a private cloud by its path style. */
  private static boolean isOssItself(URI url) {
    String host = url.getHost();
    boolean pathStyle = url.getRawPath().length() > 1;
    return pathStyle || (host.endsWith(".aliyuncs.com") && !host.contains(".oss-accelerate"));
  }

  private static OssBucket at(OssBucket bucket, String endpoint) {
    return switch (endpoint) {
      case "internal" -> bucket.internal();
      case "accelerate" -> bucket.accelerate();
      default -> bucket.at(URI.create(endpoint));
    };
  }
}
