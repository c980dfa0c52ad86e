package io.osspost.emulator.internal.store;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes on their way in. Closing a draft that was not finished removes them. Not thread-safe. */
abstract class Draft extends OutputStream {
  /** Returns what was written. Nothing may be written afterwards. */
  abstract Piece finish() throws IOException;
}
