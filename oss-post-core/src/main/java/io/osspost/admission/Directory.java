package io.osspost.admission;

import io.osspost.profile.Caller;
import io.osspost.profile.UploadProfile;
import io.osspost.wire.UtcTime;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The directory of a profile's uploads, such as <code>uploads/{principal}/{date}/</code>.
 * Immutable.
 */
final class Directory {
  /** The default directory of authenticated callers. */
  static final String DEFAULT_FOR_CALLER = "uploads/{principal}/{uuid}/";

  /** The default directory of anonymous callers. */
  static final String DEFAULT_FOR_ANONYMOUS = "uploads/{uuid}/";

  /** The default directory of tokens: one for each caller. */
  static final String DEFAULT_FOR_TOKEN = "uploads/{principal}/";

  private final String template;
  private final UploadProfile profile;

  /** Literal text and placeholders, in order. */
  private final List<String> parts;

  /**
   * Reads a template that a profile has checked.
   *
   * @param template empty, or ending in a slash
   * @param profile its time zone is that of {@code {date}}
   */
  Directory(String template, UploadProfile profile) {
    this.template = template;
    this.profile = profile;
    this.parts = List.of(template.split("(?=\\{)|(?<=})", -1));
  }

  /** Returns whether the directory requires a caller with a name. */
  boolean needsPrincipal() {
    return template.contains("{principal}");
  }

  /** Returns whether every grant has its own directory. */
  boolean isUniquePerGrant() {
    return template.contains("{uuid}");
  }

  /** Returns the directory of {@code caller}, which has a name if the template requires one. */
  String render(Caller caller, Instant now) {
    StringBuilder rendered = new StringBuilder(template.length() + 64);
    for (String part : parts) {
      switch (part) {
        case "{principal}" -> rendered.append(segment(caller));
        case "{date}" -> rendered.append(UtcTime.day(now, profile.zone()));
        case "{uuid}" -> rendered.append(UUID.randomUUID());
        default -> rendered.append(part);
      }
    }
    return rendered.toString();
  }

  /** Returns whether {@link #render} can return {@code directory} for {@code caller}. */
  boolean matches(Caller caller, String directory) {
    StringBuilder pattern = new StringBuilder();
    for (String part : parts) {
      pattern.append(
          switch (part) {
            case "{principal}" -> Pattern.quote(segment(caller));
            case "{date}" -> "[0-9]{8}";
            case "{uuid}" -> "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
            default -> Pattern.quote(part);
          });
    }
    return directory.matches(pattern.toString());
  }

  private String segment(Caller caller) {
    return caller.principal().map(profile::principalText).map(CallerDirectory::of).orElse("");
  }

  @Override
  public String toString() {
    return template;
  }
}
