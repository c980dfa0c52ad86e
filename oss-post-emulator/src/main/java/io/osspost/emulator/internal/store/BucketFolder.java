package io.osspost.emulator.internal.store;

import static java.lang.System.Logger.Level.WARNING;
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
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of one bucket. An object is {@code <hash of the key>.properties}, which names the files
 * of its content. The object exists from the moment this file is renamed into place. Keys never
 * become file names, so no key can leave the folder.
 */
final class BucketFolder {
  private static final System.Logger LOG = System.getLogger("io.osspost.emulator");
  private static final String CONTENT = ".content";
  private static final String PROPERTIES = ".properties";
  private static final String UNFINISHED = ".part";
  private static final String BUCKET = "bucket.settings";

  private final Path folder;

  BucketFolder(Path folder) {
    this.folder = folder;
  }

  /** Reads the objects of an earlier run, and removes its unfinished files. */
  Storage.SavedBucket load() throws IOException {
    List<ObjectEntry> entries = new ArrayList<>();
    Set<Path> wanted = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + PROPERTIES)) {
      for (Path file : files) {
        ObjectEntry entry = entry(file);
        if (hasContent(entry)) {
          entries.add(entry);
          entry.content().pieces().forEach(piece -> wanted.add(fileOf(piece)));
        } else {
          LOG.log(
              WARNING,
              () ->
                  "The content of '"
                      + entry.key()
                      + "' is missing, so the object is ignored: see "
                      + file);
        }
      }
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*{" + CONTENT + "," + UNFINISHED + "}")) {
      for (Path file : files) {
        if (!wanted.contains(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
    Path settings = folder.resolve(BUCKET);
    @Nullable Properties properties = Files.exists(settings) ? read(settings) : null;
    return new Storage.SavedBucket(
        EntryFile.bucket(Optional.ofNullable(properties), settings), entries);
  }

  void save(BucketProperties properties) throws IOException {
    Files.createDirectories(folder);
    write(EntryFile.write(properties), folder.resolve(BUCKET));
  }

  /** Moves content into place and makes {@code entry} the object of its key. */
  ObjectEntry save(ObjectEntry entry) throws IOException {
    String name = hash(entry.key());
    List<Segment> placed = new ArrayList<>();
    List<Path> moved = new ArrayList<>();
    try {
      for (Segment piece : entry.content().pieces()) {
        Path file = fileOf(piece);
        if (!folder.equals(file.getParent())) {
          Path from = file;
          file = folder.resolve(name + "." + file.getFileName() + CONTENT);
          Files.move(from, file, StandardCopyOption.ATOMIC_MOVE);
          moved.add(file);
        }
        placed.add(new FileSegment(file, piece.size()));
      }
      ObjectEntry inPlace = entry.at(new Content(placed));
      write(EntryFile.write(inPlace), folder.resolve(name + PROPERTIES));
      return inPlace;
    } catch (IOException e) {
      for (Path file : moved) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
  }

  void delete(String key) throws IOException {
    Files.deleteIfExists(folder.resolve(hash(key) + PROPERTIES));
  }

  private static ObjectEntry entry(Path file) throws IOException {
    try {
      return EntryFile.read(read(file), file);
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
      throw new IOException(
          file + " is damaged. Delete it, or start with an empty data folder.", e);
    }
  }

  private static boolean hasContent(ObjectEntry entry) throws IOException {
    for (Segment piece : entry.content().pieces()) {
      Path file = fileOf(piece);
      if (!Files.exists(file) || Files.size(file) != piece.size()) {
        return false;
      }
    }
    return true;
  }

  private static Path fileOf(Segment piece) {
    return ((FileSegment) piece).file();
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, UTF_8)) {
      properties.load(in);
    }
    return properties;
  }

  /** Replaces {@code file} in one step. */
  private static void write(Properties properties, Path file) throws IOException {
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

  private static String hash(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
