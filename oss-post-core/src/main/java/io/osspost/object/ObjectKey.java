package io.osspost.object;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.wire.Surrogates;

/**
 * The full name of an object in its bucket, such as {@code uploads/alice/photo.png}.
 *
 * @param value 1 to 1023 bytes of UTF-8 that do not begin with a slash or backslash
 */
public record ObjectKey(String value) {
  /** The maximum length in UTF-8. */
  public static final int MAX_BYTES = 1023;

  /**
   * Checks the key.
   *
   * @param value the key, with the length and beginning above, and without an unpaired surrogate
   * @throws IllegalArgumentException if OSS would not accept it
   */
  public ObjectKey {
    int bytes = value.getBytes(UTF_8).length;
    if (bytes == 0 || bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "An object key has 1 to " + MAX_BYTES + " bytes of UTF-8, but this one has " + bytes);
    }
    if (Surrogates.anyLone(value)) {
      throw new IllegalArgumentException(
          "An object key contains an unpaired surrogate, which UTF-8 cannot encode. Cut names "
              + "between characters.");
    }
    if (value.charAt(0) == '/' || value.charAt(0) == '\\') {
      throw new IllegalArgumentException(
          "OSS rejects object keys that begin with '" + value.charAt(0) + "': '" + value + "'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
