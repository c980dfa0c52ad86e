package io.osspost.wire;

import java.util.Locale;
import java.util.Optional;

/**
 * Reads media types strictly: a type and a subtype, and parameters whose values are tokens. Commas,
 * quotes and control characters are invalid, because browsers and policies disagree about them.
 *
 * <p>Source: RFC 9110, section 8.3.1, without quoted strings.
 */
public final class MediaType {
  /** The maximum length of the text in characters. */
  public static final int MAX_CHARS = 255;

  private static final AsciiSet TOKEN = AsciiSet.of(AsciiSet.ALPHANUMERIC + "!#$%&'*+-.^_`|~");
  private static final AsciiSet NAME = AsciiSet.of(AsciiSet.ALPHANUMERIC + "!#$&^_.+-");

  private MediaType() {}

  /**
   * {@return the type and subtype in lower case, without parameters; empty if {@code text} is not a
   * media type}
   */
  public static Optional<String> parse(String text) {
    if (text.length() > MAX_CHARS) {
      return Optional.empty();
    }
    int end = text.indexOf(';');
    String name = withoutSpaces(end < 0 ? text : text.substring(0, end));
    int slash = name.indexOf('/');
    boolean valid =
        slash > 0
            && slash < name.length() - 1
            && NAME.hasAll(name.substring(0, slash))
            && NAME.hasAll(name.substring(slash + 1))
            && (end < 0 || areParameters(text.substring(end + 1)));
    return valid ? Optional.of(name.toLowerCase(Locale.ROOT)) : Optional.empty();
  }

  /** {@return the registered name of a type that {@link #parse} returned} */
  public static String registered(String type) {
    return MediaTypeAliases.resolve(type);
  }

  private static boolean areParameters(String text) {
    for (String parameter : text.split(";", -1)) {
      String pair = withoutSpaces(parameter);
      int equals = pair.indexOf('=');
      boolean valid =
          equals > 0
              && equals < pair.length() - 1
              && TOKEN.hasAll(pair.substring(0, equals))
              && TOKEN.hasAll(pair.substring(equals + 1));
      if (!valid) {
        return false;
      }
    }
    return true;
  }

  /** Removes only spaces; a tab or a line break is a control character. */
  private static String withoutSpaces(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) == ' ') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(start, end);
  }
}
