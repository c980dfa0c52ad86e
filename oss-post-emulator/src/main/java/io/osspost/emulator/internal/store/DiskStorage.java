package io.osspost.emulator.internal.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores everything in one folder: a folder for each bucket, and one for unfinished content. A lock
 * file prevents two emulators from using it. Thread-safe.
 */
final class DiskStorage implements Storage {
  private final Path root;
  private final boolean temporary;
  private final Path incoming;
  private final Path bucketsFolder;
  private final FileChannel lockFile;
  private final Map<String, BucketFolder> buckets = new ConcurrentHashMap<>();

  /**
   * Opens {@code root}, an existing folder.
   *
   * @param temporary whether closing deletes it
   */
  DiskStorage(Path root, boolean temporary) throws IOException {
    this.root = root;
    this.temporary = temporary;
    this.incoming = Files.createDirectories(root.resolve("incoming"));
    this.bucketsFolder = Files.createDirectories(root.resolve("buckets"));
    this.lockFile = lock(root);
  }

  @Override
  public Map<String, SavedBucket> load() throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(incoming)) {
      for (Path leftover : leftovers) {
        deleteTree(leftover);
      }
    }
    Map<String, SavedBucket> kept = new TreeMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(bucketsFolder)) {
      for (Path folder : folders) {
        String name = String.valueOf(folder.getFileName());
        kept.put(name, folder(name).load());
      }
    }
    return kept;
  }

  @Override
  public Draft draft() throws IOException {
    Path file = incoming.resolve(UUID.randomUUID().toString().replace("-", ""));
    return new FileDraft(file, Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
  }

  @Override
  public void save(String bucket, BucketProperties properties) throws IOException {
    folder(bucket).save(properties);
  }

  @Override
  public void delete(String bucket) throws IOException {
    Path away = incoming.resolve(bucket);
    Files.move(bucketsFolder.resolve(bucket), away, StandardCopyOption.ATOMIC_MOVE);
    deleteTree(away);
  }

  @Override
  public ObjectEntry save(String bucket, ObjectEntry entry) throws IOException {
    return folder(bucket).save(entry);
  }

  @Override
  public void delete(String bucket, String key) throws IOException {
    folder(bucket).delete(key);
  }

  @Override
  public void save(String bucket, MultipartUpload upload) throws IOException {
    folder(bucket).save(upload);
  }

  @Override
  public UploadedPart save(String bucket, MultipartUpload upload, UploadedPart part)
      throws IOException {
    return folder(bucket).save(upload, part);
  }

  @Override
  public void delete(String bucket, MultipartUpload upload) throws IOException {
    folder(bucket).delete(upload);
  }

  @Override
  public Optional<Path> folder() {
    return Optional.of(root);
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
    if (temporary) {
      deleteTree(root);
    }
  }

  private BucketFolder folder(String bucket) {
    return buckets.computeIfAbsent(bucket, name -> new BucketFolder(bucketsFolder.resolve(name)));
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    if (lock == null) {
      channel.close();
      throw new IOException(
          "Another emulator uses the data folder "
              + root
              + ". Stop that emulator, or choose another folder.");
    }
    return channel;
  }

  private static final class FileDraft extends Draft {
    private final Path file;
    private final OutputStream out;
    private long size;
    private boolean finished;

    FileDraft(Path file, OutputStream out) {
      this.file = file;
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      size += length;
    }

    @Override
    Segment finish() throws IOException {
      out.close();
      finished = true;
      return new FileSegment(file, size);
    }

    @Override
    public void close() throws IOException {
      out.close();
      if (!finished) {
        Files.deleteIfExists(file);
      }
    }
  }
}
