package io.osspost.emulator.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The files of one bucket: {@code <hash of the key>.<upload>.content} and, beside it, {@code <hash
 * of the key>.properties}, which names the content file. Renaming the properties into place is the
 * moment an object exists. Keys never become file names, so no key can leave the folder.
 */
final class ObjectFiles {
  private static final String CONTENT = ".content";
  private static final String PROPERTIES = ".properties";
  private static final String STORED = "header.";

  private final Path folder;

  ObjectFiles(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Moves finished content into place and makes {@code entry} what its key stands for. */
  ObjectEntry publish(ObjectEntry entry, Path finished, String upload) throws IOException {
    String name = hash(entry.key());
    Path content = folder.resolve(name + '.' + upload + CONTENT);
    Files.move(finished, content, StandardCopyOption.ATOMIC_MOVE);
    ObjectEntry placed =
        new ObjectEntry(
            entry.key(),
            entry.size(),
            entry.md5(),
            entry.crc64(),
            entry.lastModified(),
            entry.headers(),
            content);
    Path unfinished = folder.resolve(name + '.' + upload + PROPERTIES + ".part");
    try {
      try (Writer out = Files.newBufferedWriter(unfinished, UTF_8)) {
        toProperties(placed).store(out, null);
      }
      Files.move(
          unfinished,
          folder.resolve(name + PROPERTIES),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      Files.deleteIfExists(content);
      throw e;
    }
    return placed;
  }

  void delete(ObjectEntry entry) throws IOException {
    Files.deleteIfExists(folder.resolve(hash(entry.key()) + PROPERTIES));
    Files.deleteIfExists(entry.content());
  }

  /** Reads what an earlier run stored, and removes what it left unfinished. */
  List<ObjectEntry> load() throws IOException {
    List<ObjectEntry> entries = new ArrayList<>();
    Set<Path> wanted = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + PROPERTIES)) {
      for (Path file : files) {
        ObjectEntry entry = read(file);
        entries.add(entry);
        wanted.add(entry.content());
      }
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*{" + CONTENT + ",.part}")) {
      for (Path file : files) {
        if (!wanted.contains(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
    return entries;
  }

  private static Properties toProperties(ObjectEntry entry) {
    Properties properties = new Properties();
    properties.setProperty("key", entry.key());
    properties.setProperty("size", Long.toString(entry.size()));
    properties.setProperty("md5", entry.md5());
    properties.setProperty("crc64", entry.crc64Text());
    properties.setProperty("last-modified", entry.lastModified().toString());
    properties.setProperty("content-type", entry.headers().contentType());
    properties.setProperty("acl", entry.headers().acl().wireName());
    properties.setProperty("content", String.valueOf(entry.content().getFileName()));
    entry.headers().stored().forEach((name, value) -> properties.setProperty(STORED + name, value));
    return properties;
  }

  private ObjectEntry read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, UTF_8)) {
      properties.load(in);
    }
    Map<String, String> stored = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(STORED)) {
        stored.put(name.substring(STORED.length()), required(properties, name, file));
      }
    }
    return new ObjectEntry(
        required(properties, "key", file),
        Long.parseLong(required(properties, "size", file)),
        required(properties, "md5", file),
        Long.parseUnsignedLong(required(properties, "crc64", file)),
        Instant.parse(required(properties, "last-modified", file)),
        new ObjectHeaders(
            required(properties, "content-type", file),
            ObjectAcl.of(required(properties, "acl", file)).orElse(ObjectAcl.PRIVATE),
            stored),
        folder.resolve(required(properties, "content", file)));
  }

  private static String required(Properties properties, String name, Path file) throws IOException {
    String value = properties.getProperty(name);
    if (value == null) {
      throw new IOException(
          file + " lacks '" + name + "'. Delete the file, or start with an empty data folder.");
    }
    return value;
  }

  private static String hash(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
