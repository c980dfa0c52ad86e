package io.osspost.emulator.internal.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The MD5 of a stream. It takes more CPU time than receiving and writing together. After the first
 * mebibyte, another thread therefore computes it, one block behind. Used by one thread.
 */
final class Md5 {
  private static final int ALONE = 1 << 20;
  private static final int BLOCK = 128 << 10;
  private static final ExecutorService HELPERS =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Md5::thread);

  private final MessageDigest md5 = newDigest();
  private long size;
  private byte[] block = new byte[0];
  private byte[] other = new byte[0];
  private int filled;
  private @Nullable Future<?> pending;
  private byte @Nullable [] digest;

  void update(byte[] bytes, int offset, int length) throws IOException {
    size += length;
    if (size <= ALONE) {
      md5.update(bytes, offset, length);
      return;
    }
    if (block.length == 0) {
      block = new byte[BLOCK];
      other = new byte[BLOCK];
    }
    for (int at = 0; at < length; ) {
      int n = Math.min(length - at, BLOCK - filled);
      System.arraycopy(bytes, offset + at, block, filled, n);
      filled += n;
      at += n;
      if (filled == BLOCK) {
        submitBlock();
      }
    }
  }

  /** Returns the digest. No more may be added afterwards. */
  byte[] digest() throws IOException {
    if (digest == null) {
      awaitHelper();
      md5.update(block, 0, filled);
      digest = md5.digest();
    }
    return digest;
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has MD5", e);
    }
  }

  /** Makes the other thread compute the full block while this thread fills the other block. */
  private void submitBlock() throws IOException {
    awaitHelper();
    byte[] full = block;
    block = other;
    other = full;
    filled = 0;
    pending = HELPERS.submit(() -> md5.update(full, 0, BLOCK));
  }

  private void awaitHelper() throws IOException {
    if (pending == null) {
      return;
    }
    try {
      pending.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while content was hashed");
    } catch (ExecutionException e) {
      throw new IOException("Content was not hashed", e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "oss-emulator-md5");
    thread.setDaemon(true);
    return thread;
  }
}
