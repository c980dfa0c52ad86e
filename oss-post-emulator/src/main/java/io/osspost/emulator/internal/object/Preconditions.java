package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.store.ObjectEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads the conditional headers: {@code If-Match}, {@code If-None-Match}, {@code If-Modified-Since}
 * and {@code If-Unmodified-Since}.
 */
public final class Preconditions {
  private Preconditions() {}

  /**
   * Returns whether the client has the current object, so that the response is 304.
   *
   * @throws io.osspost.emulator.internal.protocol.OssRefusedException if another condition fails
   */
  static boolean isNotModified(OssRequest request, ObjectEntry entry) {
    return isNotModified(request, "", entry);
  }

  /**
   * Returns the same for headers that begin with {@code prefix}, {@code x-oss-copy-source-} for the
   * source of a copy.
   */
  public static boolean isNotModified(OssRequest request, String prefix, ObjectEntry entry) {
    Instant modified = entry.lastModified().truncatedTo(ChronoUnit.SECONDS);
    Predicate<String> names = etag -> names(etag, entry);
    if (request.header(prefix + "If-Match").filter(names.negate()).isPresent()) {
      throw failed(prefix + "If-Match");
    }
    if (date(request, prefix + "If-Unmodified-Since").filter(modified::isAfter).isPresent()) {
      throw failed(prefix + "If-Unmodified-Since");
    }
    Optional<String> noneMatch = request.header(prefix + "If-None-Match");
    return noneMatch.isPresent()
        ? noneMatch.filter(names).isPresent()
        : date(request, prefix + "If-Modified-Since")
            .filter(since -> !modified.isAfter(since))
            .isPresent();
  }

  private static boolean names(String etags, ObjectEntry entry) {
    String etag = entry.etag().replace("\"", "");
    for (String candidate : etags.split(",", -1)) {
      String bare = candidate.replace("\"", "").trim();
      if (bare.equals("*") || bare.equalsIgnoreCase(etag)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the date of a header; empty if it is missing or invalid. */
  private static Optional<Instant> date(OssRequest request, String header) {
    try {
      return request.header(header).map(String::trim).map(Preconditions::instant);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads the date format of HTTP, and ISO 8601, because one example in the documentation uses it.
   */
  private static Instant instant(String text) {
    return text.endsWith("Z")
        ? Instant.parse(text)
        : DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
  }

  private static RuntimeException failed(String header) {
    return OssError.of(
            412,
            "PreconditionFailed",
            "At least one of the pre-conditions you specified did not hold.")
        .because(header + " does not hold for the object");
  }
}
