package io.osspost.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The JDK's digests, without the exception that cannot happen. */
public final class Digests {
  private Digests() {}

  /** The SHA-256 of {@code bytes}. */
  public static byte[] sha256(byte[] bytes) {
    return start("SHA-256").digest(bytes);
  }

  static MessageDigest start(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "Every Java platform must have " + algorithm + "; this one has not", e);
    }
  }
}
