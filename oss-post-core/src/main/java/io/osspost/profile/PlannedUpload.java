package io.osspost.profile;

import io.osspost.wire.MediaType;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The client's description of its upload. It is not trusted: it can only narrow a grant. Immutable.
 */
public final class PlannedUpload {
  private static final PlannedUpload UNNAMED =
      new PlannedUpload(null, -1, null, null, UploadVars.none());

  private final @Nullable String filename;
  private final long size;
  private final @Nullable String type;
  private final @Nullable String retry;
  private final UploadVars vars;

  private PlannedUpload(
      @Nullable String filename,
      long size,
      @Nullable String type,
      @Nullable String retry,
      UploadVars vars) {
    this.filename = filename;
    this.size = size;
    this.type = type;
    this.retry = retry;
    this.vars = vars;
  }

  /** {@return an upload whose object the client names, below the granted prefix} */
  public static PlannedUpload unnamed() {
    return UNNAMED;
  }

  /**
   * {@return one file, whose object the server names}
   *
   * @param filename the file's name as the client states it, at most 1,024 characters; it is
   *     cleaned before use
   * @throws UploadRefusedException if it is longer
   */
  public static PlannedUpload of(String filename) {
    return new PlannedUpload(
        requireShort("file name", filename, 1024), -1, null, null, UploadVars.none());
  }

  private static String requireShort(String name, String text, int limit) {
    if (text.length() > limit) {
      throw new UploadRefusedException(
          UploadRefusedException.Reason.BAD_PARAMETER,
          "The " + name + " has " + text.length() + " characters.",
          "Send at most " + limit + ".");
    }
    return text;
  }

  /**
   * {@return the same file of exactly {@code bytes} bytes}
   *
   * @param bytes 0 or more
   * @throws IllegalArgumentException if {@code bytes} is negative
   */
  public PlannedUpload size(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("A file cannot have " + bytes + " bytes");
    }
    return new PlannedUpload(filename, bytes, type, retry, vars);
  }

  /**
   * {@return the same file of media type {@code type}}
   *
   * @param type as the browser reports it, at most 255 characters; blank means unknown
   * @throws UploadRefusedException if it is longer
   */
  public PlannedUpload type(String type) {
    String stated = requireShort("media type", type, MediaType.MAX_CHARS);
    return new PlannedUpload(filename, size, stated.isBlank() ? null : stated, retry, vars);
  }

  /**
   * {@return the same file as a retry of an earlier grant}
   *
   * @param ticket the ticket of that grant
   */
  public PlannedUpload retry(String ticket) {
    return new PlannedUpload(filename, size, type, requireShort("ticket", ticket, 2048), vars);
  }

  /**
   * {@return the same upload with variables}
   *
   * @param vars the variables that the client sent
   */
  public PlannedUpload vars(UploadVars vars) {
    return new PlannedUpload(filename, size, type, retry, vars);
  }

  /** {@return the variables that the client sent} */
  public UploadVars vars() {
    return vars;
  }

  /** {@return the ticket of the grant to repeat; empty for a new one} */
  public Optional<String> retry() {
    return Optional.ofNullable(retry);
  }

  /** {@return the file's name as the client states it; empty if the client names the object} */
  public Optional<String> filename() {
    return Optional.ofNullable(filename);
  }

  /** {@return the file's size in bytes, if stated} */
  public OptionalLong size() {
    return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
  }

  /** {@return the media type as the client wrote it, if stated} */
  public Optional<String> type() {
    return Optional.ofNullable(type);
  }
}
