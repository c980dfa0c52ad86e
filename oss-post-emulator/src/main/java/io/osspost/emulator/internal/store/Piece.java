package io.osspost.emulator.internal.store;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that arrived in one request and never change: an object's content, or a part of it. */
interface Piece {
  long size();

  /** Opens the bytes from {@code offset} on; close the stream after reading. */
  InputStream open(long offset) throws IOException;

  /** Removes the bytes. Whoever reads them already may do so to the end. */
  void discard();
}
