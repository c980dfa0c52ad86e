package io.osspost.store.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The places at which nodes are killed, each once: a file for each object and point. */
final class StopPoints {
  /** A line of output with which a node requests to be killed. */
  static final String REACHED = "reached";

  private final Path folder;

  StopPoints(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  void set(StopPoint point, String key) throws IOException {
    Files.createFile(file(point, key));
  }

  /** Stops the calling thread until the process is killed, if the test has set this point. */
  void reach(StopPoint point, String key) {
    try {
      if (Files.deleteIfExists(file(point, key))) {
        System.out.println(REACHED + " " + point);
        System.out.flush();
        Thread.sleep(60_000);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path file(StopPoint point, String key) {
    return folder.resolve(point + "-" + key.replace('/', '_'));
  }
}
