package io.osspost.settings;

import io.osspost.wire.Distance;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one list of all settings. {@code <name>} stands for the name of a profile, and {@code <key>}
 * for that of a metadata entry.
 */
final class SettingNames {
  static final List<String> ALL =
      List.of(
          "bucket",
          "region",
          "endpoint",
          "server-endpoint",
          "credentials.type",
          "credentials.access-key-id",
          "credentials.access-key-secret",
          "credentials.security-token",
          "credentials.role-arn",
          "credentials.session-name",
          "credentials.duration",
          "credentials.external-id",
          "credentials.sts-endpoint",
          "credentials.source",
          "credentials.role-name",
          "credentials.metadata-v1",
          "credentials.metadata-endpoint",
          "credentials.oidc-provider-arn",
          "credentials.oidc-token-file",
          "credentials.uri",
          "credentials.profile",
          "token.role-arn",
          "signature-version",
          "pin",
          "mark",
          "allow-anonymous",
          "authorizer",
          "caller",
          "caller-roles",
          "caller-secret",
          "principal-names",
          "principal-secret",
          "rate-limit",
          "upload-listener",
          "naming",
          "zone",
          "path-prefix",
          "cors.allowed-origins",
          "multipart.life",
          "multipart.url-validity",
          "multipart.part-size",
          "multipart.sign-length",
          "store.type",
          "store.data-source",
          "store.create-schema",
          "ledger.grace",
          "ledger.interval",
          "ledger.required",
          "rates.grants",
          "rates.steps",
          "rates.storage",
          "rates.client",
          "rates.required",
          "tenants.source",
          "tenants.endpoints",
          "tenants.cached-profiles",
          "callback.url",
          "callback.host",
          "callback.confirm",
          "callback.optional",
          "callback.public-path",
          "callback.body-type",
          "callback.ticket-secret",
          "callback.public-key",
          "profiles.<name>.dir",
          "profiles.<name>.whole-bucket",
          "profiles.<name>.min-size",
          "profiles.<name>.max-size",
          "profiles.<name>.quota",
          "profiles.<name>.total-quota",
          "profiles.<name>.open-uploads",
          "profiles.<name>.content-types",
          "profiles.<name>.validity",
          "profiles.<name>.grants",
          "profiles.<name>.formats",
          "profiles.<name>.naming",
          "profiles.<name>.require-filename",
          "profiles.<name>.forbid-overwrite",
          "profiles.<name>.success-status",
          "profiles.<name>.success-redirect",
          "profiles.<name>.acl",
          "profiles.<name>.storage-class",
          "profiles.<name>.disposition",
          "profiles.<name>.cache-control",
          "profiles.<name>.content-encoding",
          "profiles.<name>.expires",
          "profiles.<name>.server-side-encryption",
          "profiles.<name>.tagging",
          "profiles.<name>.optional-headers",
          "profiles.<name>.metadata.<key>",
          "profiles.<name>.callback",
          "profiles.<name>.image-info",
          "profiles.<name>.vars",
          "profiles.<name>.sign-length",
          "profiles.<name>.token-multipart",
          "profiles.<name>.roles",
          "profiles.<name>.bucket",
          "profiles.<name>.region",
          "profiles.<name>.endpoint",
          "profiles.<name>.public-url");

  private static final Pattern OF_PROFILE = Pattern.compile("profiles\\.([^.]+)\\.(.+)");

  private static final Pattern OF_METADATA = Pattern.compile("profiles\\.[^.]+\\.metadata\\.(.+)");

  private SettingNames() {}

  /** Returns the name of the profile in {@code setting}; empty for other settings. */
  static Optional<String> profileOf(String setting) {
    Matcher matcher = OF_PROFILE.matcher(setting);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Returns the name of the metadata that {@code setting} sets. */
  static Optional<String> metadataKeyOf(String setting) {
    Matcher matcher = OF_METADATA.matcher(setting);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Rejects a name that is not in the list, and suggests the most similar one. */
  static void require(String setting) {
    String profile = profileOf(setting).orElse("<name>");
    if (metadataKeyOf(setting).isPresent()) {
      return;
    }
    if (!ALL.contains(setting.replace("profiles." + profile + ".", "profiles.<name>."))) {
      String nearest = nearest(setting, profile);
      throw new InvalidSettingException(
          setting,
          isNear(setting, nearest)
              ? "There is no such setting. Did you mean '" + nearest + "'?"
              : "There is no such setting. Correct its name, or remove it.");
    }
  }

  private static boolean isNear(String setting, String nearest) {
    return setting.endsWith("." + nearest)
        || difference(setting, nearest) <= Math.max(3, setting.length() / 2);
  }

  /** Returns the most similar name. A name in the wrong place is more similar than any other. */
  private static String nearest(String setting, String profile) {
    String last = setting.substring(setting.lastIndexOf('.') + 1);
    if (ALL.contains(last)) {
      return last;
    }
    String metadata = "profiles." + profile + ".metadata.";
    if (setting.startsWith("profiles." + profile + ".")
        && difference(setting.substring(0, setting.length() - last.length()), metadata) <= 2) {
      return metadata + last;
    }
    return ALL.stream()
        .map(name -> name.replace("<name>", profile))
        .min(Comparator.comparingInt(name -> difference(setting, name)))
        .orElseThrow();
  }

  /** Returns how different the names are. A missing prefix counts like one letter. */
  private static int difference(String setting, String name) {
    int lastPart = Distance.between(setting, name.substring(name.lastIndexOf('.') + 1));
    return Math.min(Distance.between(setting, name), lastPart + 1);
  }
}
