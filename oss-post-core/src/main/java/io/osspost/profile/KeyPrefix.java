package io.osspost.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.wire.UtcTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The directory uploads of a profile go to, such as <code>uploads/{principal}/{date}/</code>.
 *
 * <p>Literal text is refused when it could widen a session policy or climb out of its directory.
 */
final class KeyPrefix {
  /** Where uploads go when the operator does not say. */
  static final KeyPrefix OF_CALLER = new KeyPrefix("uploads/{principal}/{uuid}/");

  /** The same for callers without a name. */
  static final KeyPrefix OF_NOBODY = new KeyPrefix("uploads/{uuid}/");

  /** Where tokens lead when the operator does not say: one directory of the caller's own. */
  static final KeyPrefix OF_TOKEN = new KeyPrefix("uploads/{principal}/");

  /** No directory at all; only for operators who say so. */
  static final KeyPrefix WHOLE_BUCKET = new KeyPrefix("");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
  private static final int MAX_LITERAL_BYTES = 500;

  private final String template;

  /** Literal text and placeholders, in order. */
  private final List<String> parts;

  private KeyPrefix(String template) {
    this.template = template;
    this.parts = List.of(template.split("(?=\\{)|(?<=})", -1));
  }

  /** Reads a configured directory; adds the final slash when it is missing. */
  static KeyPrefix parse(String configured) {
    String template = configured.endsWith("/") ? configured : configured + "/";
    if (configured.isBlank()) {
      throw new IllegalArgumentException(
          "An empty directory opens the whole bucket. Name one, like 'uploads/', or say so with"
              + " whole-bucket.");
    }
    PLACEHOLDER
        .matcher(template)
        .results()
        .map(match -> match.group(1))
        .filter(name -> !name.matches("principal|date|uuid"))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "'{" + name + "}' is unknown. Use {principal}, {date} or {uuid}.");
            });
    String literal = PLACEHOLDER.matcher(template).replaceAll("x");
    if (literal.startsWith("/") || literal.startsWith("\\")) {
      throw new IllegalArgumentException(
          "OSS refuses object keys that begin with a slash. Write '"
              + configured.replaceFirst("^[/\\\\]+", "")
              + "'.");
    }
    for (String segment : literal.split("/", -1)) {
      if (segment.equals("..") || segment.equals(".")) {
        throw new IllegalArgumentException(
            "'"
                + configured
                + "' climbs with '"
                + segment
                + "'. Name the directory from the"
                + " bucket's root, like 'uploads/'.");
      }
    }
    if (literal.contains("//")) {
      throw new IllegalArgumentException("'" + configured + "' has an empty part. Remove one '/'.");
    }
    literal
        .codePoints()
        .filter(c -> "*?${}%\\".indexOf(c) >= 0 || Character.isISOControl(c))
        .findFirst()
        .ifPresent(
            c -> {
              throw new IllegalArgumentException(
                  String.format(
                      Locale.ROOT,
                      "'%s' holds %s, which policies read as more than a character. Remove it.",
                      configured,
                      Character.isISOControl(c)
                          ? "a control character"
                          : "'" + Character.toString(c) + "'"));
            });
    if (literal.getBytes(UTF_8).length > MAX_LITERAL_BYTES) {
      throw new IllegalArgumentException(
          "The directory is longer than " + MAX_LITERAL_BYTES + " bytes. Shorten it.");
    }
    return new KeyPrefix(template);
  }

  /** Whether callers without a name can have no directory here. */
  boolean needsPrincipal() {
    return template.contains("{principal}");
  }

  /** Whether no two grants share a directory here. */
  boolean differsEachTime() {
    return template.contains("{uuid}");
  }

  /** The directory of {@code caller}, who has a name where the template asks for one. */
  String render(Caller caller, Instant now) {
    StringBuilder rendered = new StringBuilder(template.length() + 64);
    for (String part : parts) {
      switch (part) {
        case "{principal}" -> rendered.append(caller.directory().orElse(""));
        case "{date}" -> rendered.append(UtcTime.day(now));
        case "{uuid}" -> rendered.append(UUID.randomUUID());
        default -> rendered.append(part);
      }
    }
    return rendered.toString();
  }

  /** Returns whether {@link #render} gives {@code caller} this directory at some instant. */
  boolean matches(Caller caller, String directory) {
    StringBuilder pattern = new StringBuilder();
    for (String part : parts) {
      pattern.append(
          switch (part) {
            case "{principal}" -> Pattern.quote(caller.directory().orElse(""));
            case "{date}" -> "[0-9]{8}";
            case "{uuid}" -> "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
            default -> Pattern.quote(part);
          });
    }
    return directory.matches(pattern.toString());
  }

  @Override
  public String toString() {
    return template;
  }
}
