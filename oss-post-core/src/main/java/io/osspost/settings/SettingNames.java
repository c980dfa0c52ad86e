package io.osspost.settings;

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
          "rate-limit",
          "upload-listener",
          "naming",
          "zone",
          "path-prefix",
          "cors.allowed-origins",
          "callback.url",
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
          "profiles.<name>.metadata.<key>",
          "profiles.<name>.callback",
          "profiles.<name>.multipart",
          "profiles.<name>.roles",
          "profiles.<name>.bucket",
          "profiles.<name>.region",
          "profiles.<name>.endpoint");

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
      List<String> known = ALL.stream().map(name -> name.replace("<name>", profile)).toList();
      String nearest =
          known.stream()
              .min(Comparator.comparingInt(name -> difference(setting, name)))
              .orElseThrow();
      throw new InvalidSettingException(
          setting,
          difference(setting, nearest) <= Math.max(3, setting.length() / 3)
              ? "There is no such setting. Did you mean '" + nearest + "'?"
              : "There is no such setting. Known settings are " + String.join(", ", known) + ".");
    }
  }

  /** Returns how different the names are. A missing prefix counts like one letter. */
  private static int difference(String setting, String name) {
    int lastPart = distance(setting, name.substring(name.lastIndexOf('.') + 1));
    return Math.min(distance(setting, name), lastPart + 1);
  }

  /** Returns the number of letters to insert, delete or replace to turn one name into the other. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
