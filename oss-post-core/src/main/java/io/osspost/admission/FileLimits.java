package io.osspost.admission;

import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.wire.MediaType;
import io.osspost.wire.MediaTypes;
import java.util.List;
import java.util.Optional;

/** The allowed sizes and types of a file. Messages are for the user who chose the file. */
record FileLimits(long minSize, long maxSize, List<String> contentTypes) {
  /** Rejects a file of {@code size} bytes if it is too small or too large. */
  void requireSize(long size) {
    if (size < minSize) {
      throw new UploadRefusedException(
          Reason.FILE_TOO_SMALL,
          "The file has "
              + ByteCount.of(size)
              + "; at least "
              + ByteCount.of(minSize)
              + " are needed.",
          size == 0 ? "Choose a file that is not empty." : "Choose a larger file.");
    }
    if (size > maxSize) {
      throw new UploadRefusedException(
          Reason.FILE_TOO_LARGE,
          "The file has "
              + ByteCount.of(size)
              + "; at most "
              + ByteCount.of(maxSize)
              + " are allowed here.",
          "Choose a smaller file.");
    }
  }

  /**
   * Returns the registered type of the file: the type of its extension if the stated type is known
   * to be a mistake for it; otherwise the stated type; without one, the only allowed type or the
   * type of the extension. A generic type such as {@code application/octet-stream} counts as not
   * stated.
   */
  String requireType(String filename, Optional<String> stated) {
    Optional<String> ofName = MediaTypes.ofName(filename);
    String type =
        stated
            .map(MediaType::registered)
            .filter(registered -> !MediaTypes.isGeneric(registered))
            .map(registered -> corrected(registered, ofName))
            .or(
                () ->
                    contentTypes.size() == 1 ? Optional.of(contentTypes.get(0)) : Optional.empty())
            .or(() -> ofName)
            .orElse("application/octet-stream");
    if (!contentTypes.contains(type)) {
      throw new UploadRefusedException(
          Reason.TYPE_NOT_ALLOWED,
          "Files of type '" + type + "' are not accepted here.",
          "Allowed types: " + MediaTypes.described(contentTypes) + ".");
    }
    return type;
  }

  private String corrected(String stated, Optional<String> ofName) {
    return ofName
        .filter(type -> MediaTypes.isMistaken(stated, type))
        .filter(contentTypes::contains)
        .orElse(stated);
  }

  /** Reads the type that a client states, without its parameters. */
  static String requireMediaType(String stated) {
    return MediaType.parse(stated)
        .orElseThrow(
            () ->
                new UploadRefusedException(
                    Reason.TYPE_NOT_ALLOWED,
                    "The stated type of the file is not a media type.",
                    "Send it like 'image/png', without commas and quotes, or omit it."));
  }
}
