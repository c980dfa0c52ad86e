package io.osspost.spring;

import io.osspost.settings.UploadSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes mistakes in settings from the list of all settings: misspelt names, settings in the wrong
 * place, and values of the wrong unit or type.
 */
final class SettingMistakes {
  /** Settings that start, and to which every mistake is added. */
  static final Map<String, String> BASE =
      Map.of(
          "bucket", "examplebucket",
          "region", "cn-hangzhou",
          "allow-anonymous", "true",
          "credentials.type", "static",
          "credentials.access-key-id", "LTAIid",
          "credentials.access-key-secret", Starter.SECRET);

  private static final String PROFILE = "profiles.avatars.";

  /** Values that are wrong for a setting of one type. */
  private static final Map<String, List<String>> WRONG =
      Map.of(
          "flag", List.of("maybe", "10"),
          "size", List.of("10 MiB", "5m", "-1", "ten", "1e6"),
          "duration", List.of("3600", "10 minutes", "-5m", "1y"),
          "choice", List.of("other", "v 4"),
          "object", List.of("com.example.Missing"),
          "url", List.of("www example.com", "ftp://www.example.com"));

  /** The type of each setting whose text is not free. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("endpoint", "url"),
          Map.entry("server-endpoint", "url"),
          Map.entry("credentials.type", "object"),
          Map.entry("signature-version", "choice"),
          Map.entry("pin", "choice"),
          Map.entry("mark", "flag"),
          Map.entry("allow-anonymous", "flag"),
          Map.entry("authorizer", "object"),
          Map.entry("rate-limit", "object"),
          Map.entry("upload-listener", "object"),
          Map.entry("naming", "object"),
          Map.entry("zone", "choice"),
          Map.entry("tenants.source", "object"),
          Map.entry("tenants.endpoints", "url"),
          Map.entry("cors.allowed-origins", "url"),
          Map.entry("callback.url", "url"),
          Map.entry("callback.confirm", "choice"),
          Map.entry("callback.optional", "flag"),
          Map.entry("callback.body-type", "choice"),
          Map.entry(PROFILE + "whole-bucket", "flag"),
          Map.entry(PROFILE + "min-size", "size"),
          Map.entry(PROFILE + "max-size", "size"),
          Map.entry(PROFILE + "content-types", "choice"),
          Map.entry(PROFILE + "validity", "duration"),
          Map.entry(PROFILE + "grants", "choice"),
          Map.entry(PROFILE + "formats", "choice"),
          Map.entry(PROFILE + "naming", "object"),
          Map.entry(PROFILE + "require-filename", "flag"),
          Map.entry(PROFILE + "forbid-overwrite", "flag"),
          Map.entry(PROFILE + "success-status", "choice"),
          Map.entry(PROFILE + "success-redirect", "url"),
          Map.entry(PROFILE + "acl", "choice"),
          Map.entry(PROFILE + "storage-class", "choice"),
          Map.entry(PROFILE + "callback", "flag"),
          Map.entry(PROFILE + "image-info", "flag"),
          Map.entry(PROFILE + "optional-headers", "flag"),
          Map.entry(PROFILE + "server-side-encryption", "choice"),
          Map.entry(PROFILE + "sign-length", "flag"),
          Map.entry(PROFILE + "token-multipart", "flag"),
          Map.entry(PROFILE + "endpoint", "url"));

  private SettingMistakes() {}

  /** Returns all mistakes that follow from the names and the types. */
  static List<SettingMistake> all() {
    List<SettingMistake> mistakes = new ArrayList<>();
    for (String setting : settings()) {
      mistakes.addAll(names(setting));
      mistakes.addAll(places(setting));
      mistakes.addAll(values(setting));
    }
    return mistakes;
  }

  /** Returns the base with other settings; a value of {@code ""} removes one. */
  static Map<String, String> with(String... namesAndValues) {
    Map<String, String> settings = new LinkedHashMap<>(BASE);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    settings.values().removeIf(String::isEmpty);
    return settings;
  }

  private static List<String> settings() {
    return UploadSettings.names().stream()
        .map(name -> name.replace("<name>", "avatars").replace("<key>", "shelf"))
        .toList();
  }

  /** Drops, doubles or swaps a letter in the last part of the name, or before a metadata's key. */
  private static List<SettingMistake> names(String setting) {
    int end = setting.endsWith(".shelf") ? setting.length() - ".shelf".length() : setting.length();
    int start = setting.lastIndexOf('.', end - 1) + 1;
    String before = setting.substring(0, start);
    String part = setting.substring(start, end);
    String after = setting.substring(end);
    int middle = part.length() / 2;
    String dropped = part.substring(0, middle) + part.substring(middle + 1);
    String doubled = part.substring(0, middle + 1) + part.substring(middle);
    String swapped =
        part.substring(0, middle - 1)
            + part.charAt(middle)
            + part.charAt(middle - 1)
            + part.substring(middle + 1);
    return Arrays.asList(dropped, doubled, swapped).stream()
        .filter(wrong -> !wrong.replace("-", "").equals(part.replace("-", "")))
        .map(wrong -> before + wrong + after)
        .map(
            wrong ->
                new SettingMistake(
                    "name", with(wrong, "true"), List.of(wrong), "'" + setting + "'"))
        .toList();
  }

  /** Moves the setting out of its group, or into a profile. */
  private static List<SettingMistake> places(String setting) {
    // Metadata has any name, and the group "callback" is one of the common settings.
    if (setting.endsWith(".shelf") || setting.equals(PROFILE + "callback")) {
      return List.of();
    }
    String alone = setting.substring(setting.lastIndexOf('.') + 1);
    String moved = setting.contains(".") ? alone : PROFILE + alone;
    // A plural, such as endpoints, is nearer to the other setting of that name.
    if (settings().contains(moved) || settings().contains(moved.replaceFirst("s$", ""))) {
      return List.of();
    }
    String meant =
        settings().stream().filter(known -> known.endsWith("." + alone)).count() > 1
            ? alone + "'"
            : "'" + setting.replace("avatars", setting.equals(moved) ? "avatars" : "<name>") + "'";
    return List.of(new SettingMistake("place", with(moved, "true"), List.of(moved), meant));
  }

  private static List<SettingMistake> values(String setting) {
    String type = TYPES.getOrDefault(setting, "text");
    return WRONG.getOrDefault(type, List.of()).stream()
        .map(value -> new SettingMistake(type, with(setting, value), List.of(setting), ""))
        .toList();
  }
}
