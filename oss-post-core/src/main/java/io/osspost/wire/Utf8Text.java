package io.osspost.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A text that is built in the UTF-8 form in which it is sent and hashed, so that nothing is encoded
 * twice. Not thread-safe.
 */
public final class Utf8Text {
  private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);

  private byte[] bytes;
  private int length;

  /** Creates an empty text. A text of exactly {@code capacity} bytes is never copied. */
  public Utf8Text(int capacity) {
    this.bytes = new byte[capacity];
  }

  public Utf8Text append(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Appends any text. ASCII is appended without encoding. */
  public Utf8Text append(String text) {
    int ascii = appendAscii(text);
    return ascii == text.length() ? this : append(text.substring(ascii).getBytes(UTF_8));
  }

  public Utf8Text append(byte[] utf8) {
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
    return this;
  }

  /** Appends two lower-case hexadecimal digits for each of {@code values}. */
  public Utf8Text appendHex(byte[] values) {
    reserve(2 * values.length);
    byte[] target = bytes;
    int at = length;
    for (byte value : values) {
      target[at++] = HEX[value >> 4 & 0xF];
      target[at++] = HEX[value & 0xF];
    }
    length = at;
    return this;
  }

  /** Returns the number of bytes. */
  public int length() {
    return length;
  }

  /** Updates {@code digest} with the bytes from {@code from} on. */
  public void updateInto(MessageDigest digest, int from) {
    digest.update(bytes, from, length - from);
  }

  /** Returns the text. This must not be used afterwards. */
  public byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** Returns the text after {@code beginning}. */
  byte[] toBytesAfter(byte[] beginning) {
    byte[] joined = Arrays.copyOf(beginning, beginning.length + length);
    System.arraycopy(bytes, 0, joined, beginning.length, length);
    return joined;
  }

  /** Appends the ASCII that {@code text} begins with, and returns where it ends. */
  private int appendAscii(String text) {
    reserve(text.length());
    byte[] target = bytes;
    int at = length;
    int i = 0;
    for (; i < text.length() && text.charAt(i) < 0x80; i++) {
      target[at++] = (byte) text.charAt(i);
    }
    length = at;
    return i;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
