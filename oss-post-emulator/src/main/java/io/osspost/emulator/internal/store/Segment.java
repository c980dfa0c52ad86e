package io.osspost.emulator.internal.store;

import java.io.IOException;
import java.io.InputStream;

/** The immutable bytes of one request: an object's content, or a part of it. */
interface Segment {
  long size();

  /** Opens the bytes from {@code offset} on; close the stream after reading. */
  InputStream open(long offset) throws IOException;

  /** Deletes the bytes. Readers that opened them can read to the end. */
  void discard();
}
