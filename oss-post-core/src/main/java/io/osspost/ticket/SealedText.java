package io.osspost.ticket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.ticket.TicketRefusedException.Reason;
import io.osspost.wire.Hmac;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes bytes as a text that only the holder of the secret can make: {@code base64url(bytes ||
 * HMAC-SHA256(bytes))}. Signed, not encrypted. Thread-safe.
 */
final class SealedText {
  /** The maximum length of a text. */
  static final int MAX_CHARS = 2048;

  private static final int MAC_BYTES = 32;

  /** The maximum number of bytes in a text. */
  static final int MAX_BYTES = MAX_CHARS * 3 / 4 - MAC_BYTES;

  private final Hmac mac;

  /**
   * Derives the key from the secret, so that texts of one purpose are refused for another.
   *
   * @param purpose what the texts are for
   */
  SealedText(byte[] secret, String purpose) {
    this.mac = Hmac.sha256(Hmac.sha256(secret).update(purpose).finish());
  }

  /** Returns whether the text of that many bytes would be longer than allowed. */
  static boolean isTooLong(int bytes) {
    return bytes > MAX_BYTES;
  }

  String seal(byte[] content) {
    byte[] sealed = Arrays.copyOf(content, content.length + MAC_BYTES);
    byte[] signature = mac.copy().update(content).finish();
    System.arraycopy(signature, 0, sealed, content.length, MAC_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /**
   * Returns the bytes of a text.
   *
   * @throws TicketRefusedException if it was not made with this secret, or was changed
   */
  byte[] open(String text) {
    byte[] decoded = decode(text);
    byte[] content = Arrays.copyOf(decoded, decoded.length - MAC_BYTES);
    byte[] received = Arrays.copyOfRange(decoded, content.length, decoded.length);
    if (!MessageDigest.isEqual(received, mac.copy().update(content).finish())) {
      throw forged();
    }
    return content;
  }

  private static byte[] decode(String text) {
    if (text.length() > MAX_CHARS) {
      throw forged();
    }
    byte[] decoded;
    try {
      decoded = Base64.getUrlDecoder().decode(text.getBytes(UTF_8));
    } catch (IllegalArgumentException e) {
      throw forged();
    }
    // The decoder ignores padding and unused bits at the end. Without this check several texts
    // would be valid for one ticket.
    byte[] canonical = Base64.getUrlEncoder().withoutPadding().encode(decoded);
    if (decoded.length <= MAC_BYTES || !text.equals(new String(canonical, US_ASCII))) {
      throw forged();
    }
    return decoded;
  }

  static TicketRefusedException forged() {
    return new TicketRefusedException(
        Reason.FORGED,
        "This server did not issue the ticket.",
        "If there are several servers, or this one was restarted, configure the same ticket "
            + "secret for all.");
  }
}
