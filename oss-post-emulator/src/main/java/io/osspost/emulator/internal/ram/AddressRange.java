package io.osspost.emulator.internal.ram;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An IP address, or all addresses with the same leading bits: {@code 192.168.0.0/16}; {@code *} is
 * every address.
 */
final class AddressRange {
  private static final AddressRange ALL = new AddressRange(new byte[0], 0);

  private final byte[] address;
  private final int bits;

  private AddressRange(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException if {@code text} is not a range
   */
  static AddressRange of(String text) {
    if (text.equals("*")) {
      return ALL;
    }
    int slash = text.indexOf('/');
    byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
    int most = address.length * Byte.SIZE;
    int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("'" + text + "' is not an address range");
    }
    return new AddressRange(address, bits);
  }

  boolean contains(String text) {
    if (this == ALL) {
      return true;
    }
    try {
      byte[] sent = bytes(text);
      int rest = address.length * Byte.SIZE - bits;
      return sent.length == address.length
          && new BigInteger(1, sent)
              .shiftRight(rest)
              .equals(new BigInteger(1, address).shiftRight(rest));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns the bytes of a literal address. Names are never looked up. */
  private static byte[] bytes(String text) {
    boolean v4 = text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    if (!v4 && !text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      throw new IllegalArgumentException("'" + text + "' is not an IP address");
    }
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'" + text + "' is not an IP address", e);
    }
  }
}
