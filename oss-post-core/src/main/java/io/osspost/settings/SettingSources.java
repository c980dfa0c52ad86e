package io.osspost.settings;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from system properties named {@code oss.post.*} and environment variables named
 * {@code OSS_POST_*}. The application's own settings take precedence, then properties, then
 * variables.
 */
final class SettingSources {
  private static final System.Logger LOG = System.getLogger(UploadSettings.class.getName());
  private static final String PROPERTY = "oss.post.";
  private static final String VARIABLE = "OSS_POST_";
  private static final String OF_PROFILE = "PROFILES_";
  private static final String PLACEHOLDER = "profiles.<name>.";
  private static final String METADATA = "metadata.";

  private SettingSources() {}

  /**
   * Returns the settings in {@code own}, and those of the process for all others. An unknown
   * variable only gives a warning: a container platform may set such variables for itself.
   */
  static Map<String, String> merge(
      Map<String, String> own, Map<String, String> properties, Map<String, String> environment) {
    Map<String, String> merged = new HashMap<>();
    environment.forEach(
        (variable, value) -> {
          if (variable.startsWith(VARIABLE)) {
            Optional<String> setting = settingOf(variable.substring(VARIABLE.length()));
            if (setting.isPresent()) {
              merged.put(setting.get(), value);
            } else {
              LOG.log(
                  System.Logger.Level.WARNING,
                  "Environment variable {0} is not a known setting. Check its spelling.",
                  variable);
            }
          }
        });
    properties.forEach(
        (property, value) -> {
          if (property.startsWith(PROPERTY)) {
            merged.put(property.substring(PROPERTY.length()), value);
          }
        });
    merged.putAll(own);
    return merged;
  }

  /** Returns one common setting, with the precedence of {@link #merge}. */
  static Optional<String> find(
      String setting,
      Map<String, String> own,
      UnaryOperator<@Nullable String> properties,
      UnaryOperator<@Nullable String> environment) {
    return Optional.ofNullable(own.get(setting))
        .or(() -> Optional.ofNullable(properties.apply(PROPERTY + setting)))
        .or(() -> Optional.ofNullable(environment.apply(VARIABLE + variableName(setting))));
  }

  /** Returns the setting that a variable stands for, such as {@code CALLBACK_URL}. */
  private static Optional<String> settingOf(String variable) {
    for (String setting : SettingNames.ALL) {
      if (!setting.startsWith(PLACEHOLDER) && variableName(setting).equals(variable)) {
        return Optional.of(setting);
      }
    }
    return variable.startsWith(OF_PROFILE)
        ? ofProfile(variable.substring(OF_PROFILE.length()))
        : Optional.empty();
  }

  /** If the ends of two settings match the variable, the longer one is chosen. */
  private static Optional<String> ofProfile(String variable) {
    String longest = "";
    String name = "";
    for (String setting : SettingNames.ALL) {
      if (!setting.startsWith(PLACEHOLDER) || setting.endsWith(">")) {
        continue;
      }
      String bare = setting.substring(PLACEHOLDER.length());
      String end = "_" + variableName(bare);
      if (variable.endsWith(end)
          && variable.length() > end.length()
          && bare.length() > longest.length()) {
        longest = bare;
        name = variable.substring(0, variable.length() - end.length());
      }
    }
    if (!longest.isEmpty()) {
      return Optional.of("profiles." + settingName(name) + "." + longest);
    }
    int metadata = variable.indexOf("_METADATA_");
    return metadata <= 0
        ? Optional.empty()
        : Optional.of(
            "profiles."
                + settingName(variable.substring(0, metadata))
                + "."
                + METADATA
                + settingName(variable.substring(metadata + "_METADATA_".length())));
  }

  private static String variableName(String setting) {
    return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static String settingName(String part) {
    return part.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
