package io.osspost.emulator.internal.store;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
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
import java.util.stream.Collectors;

/**
 * The files of one bucket. {@link UploadFiles} has those of its multipart uploads. An object is
 * {@code <hash of the key>.properties}, which names the files of its content. The object exists
 * from the moment this file is renamed into place. Keys never become file names, so no key can
 * leave the folder.
 */
final class BucketFolder {
  private static final System.Logger LOG = System.getLogger("io.osspost.emulator");
  private static final String CONTENT = ".content";
  private static final String PROPERTIES = ".properties";
  private static final String BUCKET = "bucket.settings";

  private final Path folder;
  private final UploadFiles uploads;

  BucketFolder(Path folder) {
    this.folder = folder;
    this.uploads = new UploadFiles(folder);
  }

  /** Reads the objects and uploads of an earlier run, and removes its unfinished files. */
  Storage.SavedBucket load() throws IOException {
    List<ObjectEntry> entries = entries();
    Set<String> completed =
        entries.stream()
            .flatMap(entry -> entry.uploadId().stream())
            .collect(Collectors.toUnmodifiableSet());
    List<MultipartUpload> unfinished = uploads.load(completed);
    Set<Path> wanted = new HashSet<>();
    entries.forEach(entry -> addFiles(entry.content(), wanted));
    for (MultipartUpload upload : unfinished) {
      upload.parts().forEach(part -> addFiles(part.content(), wanted));
    }
    removeAllBut(wanted);
    Path settings = folder.resolve(BUCKET);
    Optional<Properties> properties =
        Files.exists(settings) ? Optional.of(PropertiesFile.read(settings)) : Optional.empty();
    return new Storage.SavedBucket(EntryFile.bucket(properties, settings), entries, unfinished);
  }

  private List<ObjectEntry> entries() throws IOException {
    List<ObjectEntry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + PROPERTIES)) {
      for (Path file : files) {
        ObjectEntry entry = entry(file);
        if (FileSegment.allExist(entry.content())) {
          entries.add(entry);
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
    return entries;
  }

  private static void addFiles(Content content, Set<Path> files) {
    content.pieces().forEach(piece -> files.add(fileOf(piece)));
  }

  /** Removes unfinished files, and content other than {@code wanted}. */
  private void removeAllBut(Set<Path> wanted) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*{" + CONTENT + "," + PropertiesFile.UNFINISHED + "}")) {
      for (Path file : files) {
        if (!wanted.contains(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  void save(BucketProperties properties) throws IOException {
    Files.createDirectories(folder);
    PropertiesFile.write(EntryFile.write(properties), folder.resolve(BUCKET));
  }

  /** Moves content into place and makes {@code entry} the object of its key. */
  ObjectEntry save(ObjectEntry entry) throws IOException {
    String name = hash(entry.key());
    Content placed = place(entry.content(), name);
    try {
      ObjectEntry inPlace = entry.at(placed);
      PropertiesFile.write(EntryFile.write(inPlace), folder.resolve(name + PROPERTIES));
      return inPlace;
    } catch (IOException e) {
      discardMoved(entry.content(), placed);
      throw e;
    }
  }

  void save(MultipartUpload upload) throws IOException {
    uploads.save(upload);
  }

  /** Moves content into place and makes {@code part} a part of {@code upload}. */
  UploadedPart save(MultipartUpload upload, UploadedPart part) throws IOException {
    Content placed = place(part.content(), hash(upload.key()));
    try {
      UploadedPart inPlace = part.at(placed);
      uploads.save(upload, inPlace);
      return inPlace;
    } catch (IOException e) {
      discardMoved(part.content(), placed);
      throw e;
    }
  }

  void delete(MultipartUpload upload) throws IOException {
    uploads.delete(upload);
  }

  /** Moves pieces into this folder that are elsewhere. If one fails, none is left here. */
  private Content place(Content content, String name) throws IOException {
    List<Segment> placed = new ArrayList<>();
    try {
      for (Segment piece : content.pieces()) {
        Path file = fileOf(piece);
        if (!folder.equals(file.getParent())) {
          Path from = file;
          file = folder.resolve(name + "." + from.getFileName() + CONTENT);
          Files.move(from, file, StandardCopyOption.ATOMIC_MOVE);
        }
        placed.add(new FileSegment(file, piece.size()));
      }
      return new Content(placed);
    } catch (IOException e) {
      discardMoved(content, new Content(placed));
      throw e;
    }
  }

  private static void discardMoved(Content before, Content placed) {
    placed.pieces().stream()
        .filter(piece -> !before.pieces().contains(piece))
        .forEach(Segment::discard);
  }

  void delete(String key) throws IOException {
    Files.deleteIfExists(folder.resolve(hash(key) + PROPERTIES));
  }

  private static ObjectEntry entry(Path file) throws IOException {
    try {
      return EntryFile.read(PropertiesFile.read(file), file);
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
      throw PropertiesFile.damaged(file, e);
    }
  }

  private static Path fileOf(Segment piece) {
    return ((FileSegment) piece).file();
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
