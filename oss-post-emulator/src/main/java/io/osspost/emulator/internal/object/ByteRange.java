package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.protocol.OssError;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of an object's content.
 *
 * <p>Source: OSS documentation of Range requests. If a range is not completely inside the object,
 * OSS responds with 200 and the whole object, unlike most servers. The header {@code
 * x-oss-range-behavior: standard} selects the behaviour of HTTP.
 *
 * @param first the first byte, counted from 0
 * @param last the last byte, inclusive
 */
public record ByteRange(long first, long last) {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** Returns the single range of {@code header}, if it is inside {@code size} bytes. */
  public static Optional<ByteRange> parse(String header, long size) {
    Matcher range = RANGE.matcher(header.trim());
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return Optional.empty();
    }
    long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    long first;
    if (range.group(1).isEmpty()) {
      first = size - last;
      last = size - 1;
    } else {
      first = Long.parseLong(range.group(1));
    }
    return first < 0 || first > last || last >= size
        ? Optional.empty()
        : Optional.of(new ByteRange(first, last));
  }

  /**
   * Returns the range of {@code header} under {@code x-oss-range-behavior: standard}: cut at the
   * object's end, and rejected if it is outside.
   */
  static Optional<ByteRange> parseStandard(String header, long size) {
    if (header.contains(",")) {
      throw invalidRange().because("the Range '" + header + "' names several ranges");
    }
    Matcher range = RANGE.matcher(header.trim());
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return Optional.empty();
    }
    long end = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    boolean suffix = range.group(1).isEmpty();
    long first = suffix ? Math.max(0, size - end) : Long.parseLong(range.group(1));
    long last = suffix ? size - 1 : Math.min(end, size - 1);
    if (first >= size) {
      throw invalidRange().because("the Range '" + header + "' is outside the " + size + " bytes");
    }
    return first > last ? Optional.empty() : Optional.of(new ByteRange(first, last));
  }

  private static OssError invalidRange() {
    return OssError.of(416, "InvalidRange", "The requested range cannot be satisfied.");
  }

  long length() {
    return last - first + 1;
  }

  public String contentRange(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }
}
