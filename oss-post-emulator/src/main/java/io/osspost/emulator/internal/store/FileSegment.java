package io.osspost.emulator.internal.store;

import static java.lang.System.Logger.Level.DEBUG;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A piece in its own file. */
record FileSegment(Path file, long size) implements Segment {
  private static final System.Logger LOG = System.getLogger("io.osspost.emulator");

  /** Returns whether the file of every piece of {@code content} exists with its size. */
  static boolean allExist(Content content) throws IOException {
    for (Segment piece : content.pieces()) {
      Path file = ((FileSegment) piece).file();
      if (!Files.exists(file) || Files.size(file) != piece.size()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public InputStream open(long offset) throws IOException {
    return Channels.newInputStream(FileChannel.open(file).position(offset));
  }

  /** A file that cannot be deleted now is deleted at the next start. */
  @Override
  public void discard() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(DEBUG, () -> "Cannot delete " + file + " yet: " + e);
    }
  }
}
