package io.osspost.emulator.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/** Reads properties files, and replaces them in one step. */
final class PropertiesFile {
  /** The end of the name of a file that is not in place yet. */
  static final String UNFINISHED = ".part";

  private PropertiesFile() {}

  static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, UTF_8)) {
      properties.load(in);
    }
    return properties;
  }

  static void write(Properties properties, Path file) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try {
      try (Writer out = Files.newBufferedWriter(unfinished, UTF_8)) {
        properties.store(out, null);
      }
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  /** Returns the error of a file that cannot be read. */
  static IOException damaged(Path file, Exception cause) {
    return new IOException(
        file + " is damaged. Delete it, or start with an empty data folder.", cause);
  }
}
