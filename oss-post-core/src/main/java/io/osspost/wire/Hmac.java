package io.osspost.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * An HMAC (RFC 2104) whose state can be copied, so that a common beginning is hashed once. The
 * JDK's {@code Mac} cannot do that. Not thread-safe. {@link #copy} may be called from any thread if
 * no thread changes the state.
 */
public final class Hmac {
  /** The block length of both SHA-1 and SHA-256 in bytes. */
  private static final int BLOCK_BYTES = 64;

  private final MessageDigest inner;
  private final MessageDigest outer;

  private Hmac(MessageDigest inner, MessageDigest outer) {
    this.inner = inner;
    this.outer = outer;
  }

  /** Creates an HMAC-SHA256 with {@code key}. */
  public static Hmac sha256(byte[] key) {
    return keyed("SHA-256", key);
  }

  /** Creates an HMAC-SHA1 with {@code key}, for V1 signatures. */
  public static Hmac sha1(byte[] key) {
    return keyed("SHA-1", key);
  }

  /** Adds bytes. */
  public Hmac update(byte[] bytes) {
    inner.update(bytes);
    return this;
  }

  /** Adds the UTF-8 bytes of {@code text}. */
  public Hmac update(String text) {
    return update(text.getBytes(UTF_8));
  }

  /** Returns the MAC. This state must not be used afterwards. */
  public byte[] finish() {
    return outer.digest(inner.digest());
  }

  /** Returns an independent copy of the state. */
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
