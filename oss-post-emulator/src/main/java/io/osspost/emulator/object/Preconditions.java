package io.osspost.emulator.object;

import io.osspost.emulator.http.OssError;
import io.osspost.emulator.http.OssRequest;
import io.osspost.emulator.store.ObjectEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The headers that make a request depend on what is stored: {@code If-Match}, {@code
 * If-None-Match}, {@code If-Modified-Since} and {@code If-Unmodified-Since}.
 */
final class Preconditions {
  private Preconditions() {}

  /**
   * Whether the client has what it asks for: the answer is 304 then.
   *
   * @throws io.osspost.emulator.http.OssRefusedException if the object is not the one asked for
   */
  static boolean isNotModified(OssRequest request, ObjectEntry entry) {
    Instant modified = entry.lastModified().truncatedTo(ChronoUnit.SECONDS);
    Predicate<String> names = etag -> names(etag, entry);
    if (request.header("If-Match").filter(names.negate()).isPresent()) {
      throw failed("If-Match");
    }
    if (date(request, "If-Unmodified-Since").filter(modified::isAfter).isPresent()) {
      throw failed("If-Unmodified-Since");
    }
    Optional<String> noneMatch = request.header("If-None-Match");
    return noneMatch.isPresent()
        ? noneMatch.filter(names).isPresent()
        : date(request, "If-Modified-Since").filter(since -> !modified.isAfter(since)).isPresent();
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

  /** A date that cannot be read does not count. */
  private static Optional<Instant> date(OssRequest request, String header) {
    try {
      return request
          .header(header)
          .map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.trim(), Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static RuntimeException failed(String header) {
    return OssError.of(
            412,
            "PreconditionFailed",
            "At least one of the pre-conditions you specified did not hold.")
        .because(header + " does not hold for the object");
  }
}
