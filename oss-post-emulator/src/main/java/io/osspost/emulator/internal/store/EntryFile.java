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

/** Converts objects, buckets and multipart uploads to properties and back. */
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
    properties.setProperty("content", write(entry.content()));
    entry.uploadId().ifPresent(id -> properties.setProperty(UPLOAD, id));
    write(entry.headers(), properties);
    return properties;
  }

  private static void write(ObjectHeaders headers, Properties properties) {
    properties.setProperty("content-type", headers.contentType());
    properties.setProperty("acl", headers.acl().wireName());
    headers.stored().forEach((name, value) -> properties.setProperty(STORED + name, value));
  }

  private static String write(Content content) {
    return content.pieces().stream()
        .map(FileSegment.class::cast)
        .map(piece -> piece.file().getFileName() + "/" + piece.size())
        .collect(Collectors.joining(" "));
  }

  /** Reads an object whose content is beside {@code file}. */
  static ObjectEntry read(Properties properties, Path file) throws IOException {
    return new ObjectEntry(
        required(properties, "key", file),
        ObjectType.valueOf(required(properties, "type", file)),
        required(properties, "etag", file),
        Long.parseUnsignedLong(required(properties, "crc64", file)),
        Instant.parse(required(properties, "last-modified", file)),
        headers(properties, file),
        content(properties, file),
        Optional.ofNullable(properties.getProperty(UPLOAD)));
  }

  private static ObjectHeaders headers(Properties properties, Path file) throws IOException {
    Map<String, String> stored = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(STORED)) {
        stored.put(name.substring(STORED.length()), required(properties, name, file));
      }
    }
    return new ObjectHeaders(
        required(properties, "content-type", file), acl(properties, file), stored);
  }

  private static Content content(Properties properties, Path file) throws IOException {
    List<Segment> pieces = new ArrayList<>();
    for (String piece : required(properties, "content", file).split(" ", -1)) {
      int slash = piece.indexOf('/');
      pieces.add(
          new FileSegment(
              file.resolveSibling(piece.substring(0, slash)),
              Long.parseLong(piece.substring(slash + 1))));
    }
    return new Content(pieces);
  }

  static Properties write(MultipartUpload upload) {
    Properties properties = new Properties();
    properties.setProperty("key", upload.key());
    properties.setProperty("initiated", upload.initiated().toString());
    write(upload.headers(), properties);
    return properties;
  }

  /** Reads the upload {@code id}, without its parts. */
  static MultipartUpload upload(Properties properties, String id, Path file) throws IOException {
    return new MultipartUpload(
        id,
        required(properties, "key", file),
        headers(properties, file),
        Instant.parse(required(properties, "initiated", file)));
  }

  static Properties write(UploadedPart part) {
    Properties properties = new Properties();
    properties.setProperty("etag", part.tag());
    properties.setProperty("crc64", part.crc64Text());
    properties.setProperty("last-modified", part.lastModified().toString());
    properties.setProperty("content", write(part.content()));
    return properties;
  }

  /** Reads part {@code number}, whose content is beside {@code file}. */
  static UploadedPart part(Properties properties, int number, Path file) throws IOException {
    return new UploadedPart(
        number,
        required(properties, "etag", file),
        Long.parseUnsignedLong(required(properties, "crc64", file)),
        Instant.parse(required(properties, "last-modified", file)),
        content(properties, file));
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
