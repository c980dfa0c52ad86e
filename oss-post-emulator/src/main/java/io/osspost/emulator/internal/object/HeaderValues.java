package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.protocol.OssError;

/**
 * Checks header values before they are stored. If a value had a line end, it could add headers to a
 * response.
 */
public final class HeaderValues {
  private HeaderValues() {}

  /** Rejects a value that cannot be sent as a response header. */
  public static void check(String header, String value) {
    if (value.chars().anyMatch(character -> character < ' ' && character != '\t')) {
      throw OssError.invalidArgument(
              "The specified " + header + " contains control characters.", header, "")
          .because(header + " contains a line end or another control character");
    }
  }
}
