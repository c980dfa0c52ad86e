package io.osspost;

import io.osspost.object.ObjectKey;
import io.osspost.wire.MediaType;
import io.osspost.wire.Surrogates;
import io.osspost.wire.UserFileName;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A download that a link permits: the object, and how a browser shows or saves it. Immutable.
 *
 * <p>{@link UploadGrants#link(String, Download)} returns the link.
 */
public final class Download {
  private static final Duration DEFAULT_VALIDITY = Duration.ofMinutes(10);

  private final ObjectKey key;
  private final Duration validity;
  private final @Nullable String disposition;
  private final @Nullable String type;
  private final @Nullable String process;

  private Download(
      ObjectKey key,
      Duration validity,
      @Nullable String disposition,
      @Nullable String type,
      @Nullable String process) {
    this.key = key;
    this.validity = validity;
    this.disposition = disposition;
    this.type = type;
    this.process = process;
  }

  /**
   * {@return the download of an object as it is stored, for 10 minutes}
   *
   * @param key the object
   */
  public static Download of(ObjectKey key) {
    return new Download(Objects.requireNonNull(key, "key"), DEFAULT_VALIDITY, null, null, null);
  }

  /**
   * {@return the same download for another time} Credentials that expire sooner end it sooner. A
   * link to a {@code public-url} does not expire.
   *
   * @param validity 1 second to 7 days
   */
  public Download validity(Duration validity) {
    return new Download(
        key, Objects.requireNonNull(validity, "validity"), disposition, type, process);
  }

  /**
   * {@return the same download, which a browser saves under another name}
   *
   * @param name the name of the file, such as that of the user's original; directories and
   *     invisible characters are removed
   */
  public Download savedAs(String name) {
    return named("attachment", name);
  }

  /**
   * {@return the same download, which a browser shows, and saves under another name}
   *
   * @param name the name of the file; directories and invisible characters are removed
   */
  public Download shownAs(String name) {
    return named("inline", name);
  }

  private Download named(String how, String name) {
    String value = UserFileName.disposition(how, UserFileName.of(name));
    return new Download(key, validity, value, type, process);
  }

  /**
   * {@return the same download with another media type than the stored one}
   *
   * @param type such as {@code application/pdf}
   * @throws IllegalArgumentException if it is not a media type
   */
  public Download type(String type) {
    if (MediaType.parse(type).isEmpty()) {
      throw new IllegalArgumentException(
          "'" + type + "' is not a media type. Write one like 'application/pdf'.");
    }
    return new Download(key, validity, disposition, type, process);
  }

  /**
   * {@return the same download, processed by OSS}
   *
   * @param process the value of {@code x-oss-process}, such as {@code image/resize,w_200}
   * @throws IllegalArgumentException if it is blank or contains a control character
   */
  public Download process(String process) {
    if (process.isBlank()
        || process.chars().anyMatch(Character::isISOControl)
        || Surrogates.anyLone(process)) {
      throw new IllegalArgumentException(
          "The process is blank or contains a control character. Write one like"
              + " 'image/resize,w_200'.");
    }
    return new Download(key, validity, disposition, type, process);
  }

  /** {@return the object} */
  public ObjectKey key() {
    return key;
  }

  /** {@return how long the link is valid} */
  public Duration validity() {
    return validity;
  }

  /** {@return the {@code Content-Disposition} of the response; empty for the stored one} */
  public Optional<String> disposition() {
    return Optional.ofNullable(disposition);
  }

  /** {@return the {@code Content-Type} of the response; empty for the stored one} */
  public Optional<String> type() {
    return Optional.ofNullable(type);
  }

  /** {@return the value of {@code x-oss-process}; empty for none} */
  public Optional<String> process() {
    return Optional.ofNullable(process);
  }

  /** Returns the object's name. */
  @Override
  public String toString() {
    return "Download[" + key + "]";
  }
}
