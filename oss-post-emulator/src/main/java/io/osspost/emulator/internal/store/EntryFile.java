package io.osspost.emulator.internal.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** Reads and writes the properties files of objects and buckets. */
final class EntryFile {
  private static final String STORED = "header.";
  private static final String UPLOAD = "upload-id";

  private EntryFile() {}

  static Properties write(ObjectEntry entry) {
    Properties properties = new Properties();
    properties.setProperty("key", entry.key());
    properties.setProperty("type", entry.type().name());
    properties.setProperty("etag", entry.tag());
    properties.setProperty("crc64", entry.crc64Text());
    properties.setProperty("last-modified", entry.lastModified().toString());
    properties.setProperty("content-type", entry.headers().contentType());
    properties.setProperty("acl", entry.headers().acl().wireName());
    properties.setProperty(
        "content",
        entry.content().pieces().stream()
            .map(FileSegment.class::cast)
            .map(piece -> piece.file().getFileName() + "/" + piece.size())
            .collect(Collectors.joining(" ")));
    entry.uploadId().ifPresent(id -> properties.setProperty(UPLOAD, id));
    entry.headers().stored().forEach((name, value) -> properties.setProperty(STORED + name, value));
    return properties;
  }

  /** Reads an object whose content is beside {@code file}. */
  static ObjectEntry read(Properties properties, Path file) throws IOException {
    Map<String, String> stored = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(STORED)) {
        stored.put(name.substring(STORED.length()), required(properties, name, file));
      }
    }
    List<Segment> pieces = new ArrayList<>();
    for (String piece : required(properties, "content", file).split(" ", -1)) {
      int slash = piece.indexOf('/');
      pieces.add(
          new FileSegment(
              file.resolveSibling(piece.substring(0, slash)),
              Long.parseLong(piece.substring(slash + 1))));
    }
    return new ObjectEntry(
        required(properties, "key", file),
        ObjectType.valueOf(required(properties, "type", file)),
        required(properties, "etag", file),
        Long.parseUnsignedLong(required(properties, "crc64", file)),
        Instant.parse(required(properties, "last-modified", file)),
        new ObjectHeaders(
            required(properties, "content-type", file), acl(properties, file), stored),
        new Content(pieces),
        Optional.ofNullable(properties.getProperty(UPLOAD)));
  }

  static Properties write(BucketProperties bucket) {
    Properties properties = new Properties();
    properties.setProperty("created", bucket.created().toString());
    properties.setProperty("acl", bucket.acl().wireName());
    properties.setProperty("storage-class", bucket.storageClass());
    bucket.cors().ifPresent(cors -> properties.setProperty("cors", cors));
    return properties;
  }

  /** Reads a bucket. A bucket without a file is private. */
  static BucketProperties bucket(Optional<Properties> file, Path path) throws IOException {
    if (file.isEmpty()) {
      return new BucketProperties(Instant.EPOCH, ObjectAcl.PRIVATE, "Standard", Optional.empty());
    }
    Properties properties = file.get();
    return new BucketProperties(
        Instant.parse(required(properties, "created", path)),
        acl(properties, path),
        required(properties, "storage-class", path),
        Optional.ofNullable(properties.getProperty("cors")));
  }

  private static ObjectAcl acl(Properties properties, Path file) throws IOException {
    return ObjectAcl.of(required(properties, "acl", file)).orElse(ObjectAcl.PRIVATE);
  }

  private static String required(Properties properties, String name, Path file) throws IOException {
    String value = properties.getProperty(name);
    if (value == null) {
      throw new IOException(
          file + " has no '" + name + "'. Delete the file, or start with an empty data folder.");
    }
    return value;
  }
}
