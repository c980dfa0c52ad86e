package io.osspost.settings;

import io.osspost.object.OssBucket;
import io.osspost.sign.SignatureVersion;
import io.osspost.wire.AllowedOrigins;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * The settings that all profiles share.
 *
 * @param bucket the bucket of profiles that name no bucket
 * @param allowedOrigins the other sites whose pages may request grants
 * @param zone the time zone of the day in directories and names
 * @param principalSecret the secret that hides the names of callers in directories
 */
record CommonSettings(
    OssBucket bucket,
    boolean allowAnonymous,
    String pathPrefix,
    List<String> allowedOrigins,
    SignatureVersion signatureVersion,
    boolean documentedFieldsOnly,
    boolean mark,
    ZoneId zone,
    Optional<String> principalSecret) {

  static CommonSettings read(SettingReader reader) {
    String name = reader.required("bucket", "Write the name of the bucket.");
    String region =
        reader.required("region", "Write the region of the bucket, such as cn-hangzhou.");
    return new CommonSettings(
        BucketSettings.read(reader, "", name, region),
        reader.value("allow-anonymous", SettingReader::flag).orElse(false),
        reader.text("path-prefix").orElse(""),
        reader.value("cors.allowed-origins", CommonSettings::origins).orElse(List.of()),
        reader
            .value("signature-version", CommonSettings::signatureVersion)
            .orElse(SignatureVersion.V4),
        reader.value("pin", CommonSettings::documentedFieldsOnly).orElse(false),
        reader.value("mark", SettingReader::flag).orElse(true),
        reader.value("zone", CommonSettings::zone).orElse(ZoneOffset.UTC),
        reader.text("principal-secret"));
  }

  private static List<String> origins(String text) {
    List<String> origins = SettingReader.list(text);
    AllowedOrigins.of(origins);
    return origins;
  }

  /** Returns the bucket, never the secret. */
  @Override
  public String toString() {
    return "CommonSettings[" + bucket.name() + "]";
  }

  private static SignatureVersion signatureVersion(String text) {
    return switch (text) {
      case "v4" -> SignatureVersion.V4;
      case "v1" -> SignatureVersion.V1;
      default -> throw new IllegalArgumentException("'" + text + "' is unknown. Write v4 or v1.");
    };
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a time zone. Write it like 'Asia/Shanghai' or '+08:00'.", e);
    }
  }

  private static boolean documentedFieldsOnly(String text) {
    return switch (text) {
      case "all" -> false;
      case "documented" -> true;
      default ->
          throw new IllegalArgumentException("'" + text + "' is unknown. Write all or documented.");
    };
  }
}
