package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.protocol.OssError;

/** A line end in a value would let a client write headers of an answer. */
public final class OneLine {
  private OneLine() {}

  /** Refuses a value that cannot be a header of an answer. */
  public static void check(String header, String value) {
    if (value.chars().anyMatch(character -> character < ' ' && character != '\t')) {
      throw OssError.invalidArgument(
              "The specified " + header + " contains control characters.", header, "")
          .because(header + " contains a line end or another control character");
    }
  }
}
