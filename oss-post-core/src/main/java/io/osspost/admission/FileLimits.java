package io.osspost.admission;

import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.wire.MediaType;
import io.osspost.wire.MediaTypes;
import java.util.List;
import java.util.Optional;

/**
 * How large a file may be and of which types; a refusal is told in the words of whoever chose it.
 */
record FileLimits(long minSize, long maxSize, List<String> contentTypes) {
  /** Refuses a file of {@code size} bytes when it is too small or too large. */
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
   * Returns the registered type of the file: the stated one unless it means "unknown", else the
   * only one that is admitted, else the one that the file's extension stands for.
   */
  String requireType(String filename, Optional<String> stated) {
    String type =
        stated
            .map(MediaType::registered)
            .filter(registered -> !registered.equals("application/octet-stream"))
            .or(
                () ->
                    contentTypes.size() == 1 ? Optional.of(contentTypes.get(0)) : Optional.empty())
            .or(() -> MediaTypes.ofName(filename))
            .orElse("application/octet-stream");
    if (!contentTypes.contains(type)) {
      throw new UploadRefusedException(
          Reason.TYPE_NOT_ALLOWED,
          "Files of type '" + type + "' are not accepted here.",
          "Accepted are " + MediaTypes.spoken(contentTypes) + ".");
    }
    return type;
  }

  /** Reads the type that a client states; without parameters. */
  static String requireMediaType(String stated) {
    return MediaType.parse(stated)
        .orElseThrow(
            () ->
                new UploadRefusedException(
                    Reason.TYPE_NOT_ALLOWED,
                    "The stated type of the file is not a media type.",
                    "Send it like 'image/png', without commas and quotes, or leave it out."));
  }
}
