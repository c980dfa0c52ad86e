package io.osspost.emulator.internal.store;

import java.io.IOException;
import java.io.OutputStream;

/** Unfinished bytes. Closing a draft that was not finished deletes them. Not thread-safe. */
abstract class Draft extends OutputStream {
  /** Returns the written bytes. No more may be written afterwards. */
  abstract Segment finish() throws IOException;
}
