package io.osspost.settings;

import static io.osspost.settings.SettingReader.checked;

import io.osspost.object.OssBucket;
import java.net.URI;

/** The settings {@code bucket}, {@code region} and {@code endpoint}, of all or of one profile. */
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

  private static OssBucket at(OssBucket bucket, String endpoint) {
    return switch (endpoint) {
      case "internal" -> bucket.internal();
      case "accelerate" -> bucket.accelerate();
      default -> bucket.at(URI.create(endpoint));
    };
  }
}
