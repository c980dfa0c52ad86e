package io.osspost.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * An HMAC (RFC 2104) whose state can be copied, so that a common beginning is hashed once. The
 * JDK's {@code Mac} cannot do that. Not thread-safe; {@link #copy} may be called from any thread on
 * a state nobody changes.
 */
public final class Hmac {
  /** The block of both SHA-1 and SHA-256. */
  private static final int BLOCK_BYTES = 64;

  private final MessageDigest inner;
  private final MessageDigest outer;

  private Hmac(MessageDigest inner, MessageDigest outer) {
    this.inner = inner;
    this.outer = outer;
  }

  /** Starts an HMAC-SHA256 under {@code key}. */
  public static Hmac sha256(byte[] key) {
    return keyed("SHA-256", key);
  }

  /** Starts an HMAC-SHA1 under {@code key}; V1 signatures ask for it. */
  public static Hmac sha1(byte[] key) {
    return keyed("SHA-1", key);
  }

  /** Adds bytes to what is authenticated. */
  public Hmac update(byte[] bytes) {
    inner.update(bytes);
    return this;
  }

  /** Adds the UTF-8 bytes of {@code text} to what is authenticated. */
  public Hmac update(String text) {
    return update(text.getBytes(UTF_8));
  }

  /** Ends the MAC; this state must not be used afterwards. */
  public byte[] finish() {
    return outer.digest(inner.digest());
  }

  /** Returns an independent state that has seen the same bytes. */
  public Hmac copy() {
    return new Hmac(Digests.copyOf(inner), Digests.copyOf(outer));
  }

  private static Hmac keyed(String algorithm, byte[] key) {
    byte[] fitting = key.length > BLOCK_BYTES ? Digests.start(algorithm).digest(key) : key;
    byte[] block = Arrays.copyOf(fitting, BLOCK_BYTES);
    return new Hmac(padded(algorithm, block, 0x36), padded(algorithm, block, 0x5c));
  }

  private static MessageDigest padded(String algorithm, byte[] block, int pad) {
    byte[] padded = new byte[BLOCK_BYTES];
    for (int i = 0; i < BLOCK_BYTES; i++) {
      padded[i] = (byte) (block[i] ^ pad);
    }
    MessageDigest digest = Digests.start(algorithm);
    digest.update(padded);
    return digest;
  }
}
