package io.osspost.java8;

import io.osspost.edition.Supplies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Newer methods of {@link java.nio.file.Files}. */
@Supplies("java.nio.file.Files")
public final class FilesMethods {
  private FilesMethods() {}

  /** Reads UTF-8, and rejects other bytes. */
  public static String readString(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }
}
