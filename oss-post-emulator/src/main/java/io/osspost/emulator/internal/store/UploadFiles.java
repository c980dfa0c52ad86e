package io.osspost.emulator.internal.store;

import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of a bucket's unfinished multipart uploads. An upload is {@code <id>.upload}, and each
 * of its parts is {@code <id>.<number>.uploaded-part}, which names the file of its content. An
 * upload exists as long as its file; the files of parts without an upload are leftovers.
 */
final class UploadFiles {
  private static final System.Logger LOG = System.getLogger("io.osspost.emulator");
  private static final String UPLOAD = ".upload";
  private static final String PART = ".uploaded-part";

  private final Path folder;

  UploadFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads the uploads of an earlier run, and removes leftovers.
   *
   * @param completed the ids of uploads that made an object before the earlier run was killed
   */
  List<MultipartUpload> load(Set<String> completed) throws IOException {
    Map<String, MultipartUpload> uploads = uploads(completed);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + PART)) {
      for (Path file : files) {
        String name = nameWithout(PART, file);
        int dot = name.indexOf('.');
        MultipartUpload upload = uploads.get(name.substring(0, Math.max(dot, 0)));
        if (upload == null) {
          Files.deleteIfExists(file);
        } else {
          restore(upload, file, name.substring(dot + 1));
        }
      }
    }
    return List.copyOf(uploads.values());
  }

  private Map<String, MultipartUpload> uploads(Set<String> completed) throws IOException {
    Map<String, MultipartUpload> uploads = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + UPLOAD)) {
      for (Path file : files) {
        String id = nameWithout(UPLOAD, file);
        if (completed.contains(id)) {
          Files.deleteIfExists(file);
        } else {
          uploads.put(id, upload(file, id));
        }
      }
    }
    return uploads;
  }

  private static MultipartUpload upload(Path file, String id) throws IOException {
    try {
      return EntryFile.upload(PropertiesFile.read(file), id, file);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw PropertiesFile.damaged(file, e);
    }
  }

  private static void restore(MultipartUpload upload, Path file, String number) throws IOException {
    UploadedPart part = part(file, number);
    if (FileSegment.allExist(part.content())) {
      upload.put(part);
      return;
    }
    LOG.log(
        WARNING,
        () ->
            "The content of part "
                + number
                + " of '"
                + upload.key()
                + "' is missing, so the part is removed: upload "
                + upload.id());
    Files.deleteIfExists(file);
  }

  private static UploadedPart part(Path file, String number) throws IOException {
    try {
      return EntryFile.part(PropertiesFile.read(file), Integer.parseInt(number), file);
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
      throw PropertiesFile.damaged(file, e);
    }
  }

  void save(MultipartUpload upload) throws IOException {
    PropertiesFile.write(EntryFile.write(upload), file(upload));
  }

  /** Makes {@code part}, whose content is in place, a part of {@code upload}. */
  void save(MultipartUpload upload, UploadedPart part) throws IOException {
    PropertiesFile.write(EntryFile.write(part), file(upload, part));
  }

  /** Removes an upload and its parts, but not their content. */
  void delete(MultipartUpload upload) throws IOException {
    Files.deleteIfExists(file(upload));
    for (UploadedPart part : upload.parts()) {
      Files.deleteIfExists(file(upload, part));
    }
  }

  private Path file(MultipartUpload upload) {
    return folder.resolve(upload.id() + UPLOAD);
  }

  private Path file(MultipartUpload upload, UploadedPart part) {
    return folder.resolve(upload.id() + "." + part.number() + PART);
  }

  private static String nameWithout(String end, Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - end.length());
  }
}
