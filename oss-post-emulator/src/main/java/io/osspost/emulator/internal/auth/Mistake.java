package io.osspost.emulator.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One way to sign wrongly. A wrong signature says nothing about what was signed; but if a known
 * mistake leads to just that signature, it is the one that was made.
 *
 * @param inWords what the client did
 * @param signed the text it signed
 * @param signature what comes out; only computed when it is asked for
 */
public record Mistake(String inWords, String signed, Supplier<String> signature) {

  /**
   * The first mistake that leads to {@code sent}, in words, and where what was signed differs.
   *
   * @param toSign what was to be signed
   */
  public static Optional<String> behind(String sent, String toSign, Stream<Mistake> mistakes) {
    return mistakes
        .filter(mistake -> mistake.signature.get().equals(sent))
        .findFirst()
        .map(mistake -> mistake.inWords + difference(toSign, mistake.signed));
  }

  /** Names place and bytes, no more: the texts may hold a security token. */
  private static String difference(String toSign, String signed) {
    byte[] wanted = toSign.getBytes(UTF_8);
    byte[] found = signed.getBytes(UTF_8);
    int at = Arrays.mismatch(wanted, found);
    return at < 0
        ? ""
        : " (the signed text differs at byte "
            + at
            + ": "
            + byteAt(found, at)
            + " instead of "
            + byteAt(wanted, at)
            + ")";
  }

  private static String byteAt(byte[] text, int at) {
    if (at >= text.length) {
      return "its end";
    }
    int value = text[at] & 0xFF;
    return value > ' ' && value < 0x7F ? "'" + (char) value + "'" : String.format("0x%02X", value);
  }
}
