package io.osspost.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one setting at a time. An empty value counts as not set. An error names the setting. */
final class SettingReader {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}) ?(B|KB|MB|GB)?");
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9}) ?(s|m|h|d)");

  private final Map<String, String> settings = new HashMap<>();
  private final Set<String> empty = new HashSet<>();
  private String current = "";

  SettingReader(Map<String, String> settings) {
    settings.forEach(
        (name, value) -> {
          if (value.isBlank()) {
            empty.add(name);
          } else {
            this.settings.put(name, value);
          }
        });
  }

  /** Moves to {@code setting} if it is set; returns whether it is. */
  boolean moveTo(String setting) {
    if (!settings.containsKey(setting)) {
      return false;
    }
    current = setting;
    return true;
  }

  /** Returns the value of the setting that {@link #moveTo} moved to last. */
  String value() {
    return Objects.requireNonNull(settings.get(current), current).strip();
  }

  /** Returns an error that names the setting that {@link #moveTo} moved to last. */
  InvalidSettingException invalid(IllegalArgumentException cause) {
    return new InvalidSettingException(current, String.valueOf(cause.getMessage()), cause);
  }

  Optional<String> text(String setting) {
    return Optional.ofNullable(settings.get(setting)).map(String::strip);
  }

  /** Returns the settings whose names begin with {@code prefix}, by the rest of their names. */
  Map<String, String> below(String prefix) {
    Map<String, String> below = new TreeMap<>();
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      if (setting.getKey().startsWith(prefix)) {
        below.put(setting.getKey().substring(prefix.length()), setting.getValue());
      }
    }
    return below;
  }

  String required(String setting, String fix) {
    String value = text(setting).orElse("");
    if (value.isEmpty()) {
      throw new InvalidSettingException(
          setting, (empty.contains(setting) ? "It is empty. " : "It is not set. ") + fix);
    }
    return value;
  }

  /** Parses the setting's text; an error names the setting. */
  <T> Optional<T> value(String setting, Function<String, T> parse) {
    return text(setting).map(text -> checked(setting, text, parse));
  }

  static <V, T> T checked(String setting, V value, Function<V, T> use) {
    try {
      return use.apply(value);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(setting, String.valueOf(e.getMessage()), e);
    }
  }

  static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is not true or false. Write one of" + " them.");
    };
  }

  static int number(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("'" + text + "' is not a number. Write digits only.");
    }
    return Integer.parseInt(text);
  }

  static List<String> list(String text) {
    List<String> items = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    return List.copyOf(items);
  }

  static long bytes(String text) {
    Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a size. Write it like 10MB.");
    }
    int shift =
        switch (matcher.group(2) == null ? "B" : matcher.group(2)) {
          case "KB" -> 10;
          case "MB" -> 20;
          case "GB" -> 30;
          default -> 0;
        };
    long number = Long.parseLong(matcher.group(1));
    if (number > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException("'" + text + "' is larger than OSS's maximum.");
    }
    return number << shift;
  }

  static Duration span(String text) {
    Matcher matcher = SPAN.matcher(text.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          text.matches("[0-9]{1,9}")
              ? "'" + text + "' has no unit. Write it like '" + text + "s' or '10m'."
              : "'" + text + "' is not a duration. Write it like 10m.",
          e);
    }
  }
}
