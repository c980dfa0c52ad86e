package io.osspost.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The JDK's digests, without checked exceptions. */
public final class Digests {
  /**
   * An empty digest. Copying it is several times faster than a lookup in the security providers.
   */
  private static final MessageDigest SHA_256 = start("SHA-256");

  private Digests() {}

  /** Returns the SHA-256 of {@code bytes}. */
  public static byte[] sha256(byte[] bytes) {
    return sha256().digest(bytes);
  }

  /** Returns the bytes as lower-case hexadecimal digits. */
  public static String hex(byte[] bytes) {
    return new String(new Utf8Text(2 * bytes.length).appendHex(bytes).toBytes(), US_ASCII);
  }

  /** Returns an empty SHA-256. */
  public static MessageDigest sha256() {
    return copyOf(SHA_256);
  }

  static MessageDigest start(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "Every Java platform must have " + algorithm + "; this one does not", e);
    }
  }

  /** Returns an independent digest with the same state. */
  static MessageDigest copyOf(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(
          "The "
              + digest.getAlgorithm()
              + " of security provider "
              + digest.getProvider()
              + " cannot copy its state. List the SUN provider before it in java.security.",
          e);
    }
  }
}
