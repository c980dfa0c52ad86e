package io.osspost.emulator.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One common mistake in signing. If the mistake results in exactly the wrong signature that was
 * sent, the client made this mistake.
 *
 * @param inWords the mistake
 * @param signed the text that the client signed
 * @param signature the resulting signature; computed only when needed
 */
public record SigningMistake(String inWords, String signed, Supplier<String> signature) {

  /**
   * Returns the first mistake that results in {@code sent}, and where the signed text differs.
   *
   * @param toSign the expected text
   */
  public static Optional<String> firstMatching(
      String sent, String toSign, Stream<SigningMistake> mistakes) {
    return mistakes
        .filter(mistake -> mistake.signature.get().equals(sent))
        .findFirst()
        .map(mistake -> mistake.inWords + difference(toSign, mistake.signed));
  }

  /**
   * Returns the position of the difference and one byte of each text. More could reveal a security
   * token.
   */
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
