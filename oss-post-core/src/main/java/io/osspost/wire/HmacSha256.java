package io.osspost.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC-SHA256 (RFC 2104) whose state can be copied, so that a common beginning is hashed once. The
 * JDK's {@code Mac} cannot do that. Not thread-safe; {@link #copy} may be called from any thread on
 * a state nobody changes.
 */
public final class HmacSha256 {
  private static final int BLOCK_BYTES = 64;

  private final MessageDigest inner;
  private final MessageDigest outer;

  private HmacSha256(MessageDigest inner, MessageDigest outer) {
    this.inner = inner;
    this.outer = outer;
  }

  /** Starts a MAC under {@code key}. */
  public static HmacSha256 keyed(byte[] key) {
    byte[] block = Arrays.copyOf(key.length > BLOCK_BYTES ? Sha256.of(key) : key, BLOCK_BYTES);
    return new HmacSha256(padded(block, 0x36), padded(block, 0x5c));
  }

  /** The MAC of one text under {@code key}. */
  public static byte[] of(byte[] key, String text) {
    return keyed(key).update(text.getBytes(UTF_8)).finish();
  }

  public HmacSha256 update(byte[] bytes) {
    inner.update(bytes);
    return this;
  }

  /** Ends the MAC; this state must not be used afterwards. */
  public byte[] finish() {
    return outer.digest(inner.digest());
  }

  /** Returns an independent state that has seen the same bytes. */
  public HmacSha256 copy() {
    return new HmacSha256(copyOf(inner), copyOf(outer));
  }

  private static MessageDigest padded(byte[] block, int pad) {
    byte[] padded = new byte[BLOCK_BYTES];
    for (int i = 0; i < BLOCK_BYTES; i++) {
      padded[i] = (byte) (block[i] ^ pad);
    }
    MessageDigest digest = Sha256.start();
    digest.update(padded);
    return digest;
  }

  private static MessageDigest copyOf(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(
          "The SHA-256 of security provider "
              + digest.getProvider()
              + " cannot copy its state. List the SUN provider before it in java.security.",
          e);
    }
  }
}
