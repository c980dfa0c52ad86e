package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.protocol.OssError;

/**
 * Checks stored header values. With a line end in a value, a client could add headers to an answer.
 */
public final class HeaderValues {
  private HeaderValues() {}

  /** Rejects a value that cannot be a header of an answer. */
  public static void check(String header, String value) {
    if (value.chars().anyMatch(character -> character < ' ' && character != '\t')) {
      throw OssError.invalidArgument(
              "The specified " + header + " contains control characters.", header, "")
          .because(header + " contains a line end or another control character");
    }
  }
}
