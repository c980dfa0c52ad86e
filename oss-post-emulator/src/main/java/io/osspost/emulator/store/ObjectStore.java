package io.osspost.emulator.store;

import static java.lang.System.Logger.Level.DEBUG;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Buckets of objects in one folder. Content is written to a file of its own and moved into place
 * when it is complete, so an upload that breaks off leaves nothing behind. Thread-safe.
 */
public final class ObjectStore implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.osspost.emulator");
  private static final String UNFINISHED = ".part";

  private final Path root;
  private final boolean temporary;
  private final Clock clock;
  private final Path incoming;
  private final FileChannel lockFile;
  private final Map<String, Bucket> buckets = new TreeMap<>();

  private ObjectStore(Path root, boolean temporary, Collection<String> names, Clock clock)
      throws IOException {
    this.root = root;
    this.temporary = temporary;
    this.clock = clock;
    this.incoming = Files.createDirectories(root.resolve("incoming"));
    this.lockFile = lock(root);
    try {
      removeUnfinished();
      for (String name : names) {
        buckets.put(name, new Bucket(new ObjectFiles(root.resolve("buckets").resolve(name))));
      }
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  /** Opens {@code folder} with what an earlier run stored there. */
  public static ObjectStore open(Path folder, Collection<String> buckets, Clock clock)
      throws IOException {
    return new ObjectStore(Files.createDirectories(folder), false, buckets, clock);
  }

  /** Opens a folder that {@link #close} deletes. */
  public static ObjectStore temporary(Collection<String> buckets, Clock clock) throws IOException {
    return new ObjectStore(Files.createTempDirectory("oss-post-emulator-"), true, buckets, clock);
  }

  public Path folder() {
    return root;
  }

  public boolean hasBucket(String bucket) {
    return buckets.containsKey(bucket);
  }

  public Optional<ObjectEntry> find(String bucket, String key) {
    return Optional.ofNullable(bucket(bucket).entries.get(key));
  }

  public List<String> keys(String bucket) {
    return List.copyOf(bucket(bucket).entries.keySet());
  }

  /** Removes the object of that key, if there is one. */
  public void delete(String bucket, String key) throws IOException {
    Bucket from = bucket(bucket);
    synchronized (from) {
      ObjectEntry entry = from.entries.remove(key);
      if (entry != null) {
        from.files.delete(entry);
      }
    }
  }

  /** Starts an upload; close it, committed or not. */
  public Upload begin(String bucket) throws IOException {
    Bucket target = bucket(bucket);
    String id = UUID.randomUUID().toString().replace("-", "");
    return new Upload(this, target, id, incoming.resolve(id + UNFINISHED));
  }

  /** Releases the folder, and deletes it when it is temporary. */
  @Override
  public void close() throws IOException {
    lockFile.close();
    if (!temporary || !Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Makes the uploaded content the object of that key. */
  ObjectEntry publish(
      Bucket bucket, Upload upload, String key, ObjectHeaders headers, boolean forbidOverwrite)
      throws IOException, ObjectExistsException {
    synchronized (bucket) {
      ObjectEntry previous = bucket.entries.get(key);
      if (previous != null && forbidOverwrite) {
        throw new ObjectExistsException(key);
      }
      ObjectEntry entry =
          bucket.files.publish(
              new ObjectEntry(
                  key,
                  upload.size(),
                  upload.md5(),
                  upload.crc64(),
                  clock.instant(),
                  headers,
                  upload.file()),
              upload.file(),
              upload.id());
      bucket.entries.put(key, entry);
      if (previous != null) {
        discard(previous.content());
      }
      return entry;
    }
  }

  /** Removes content nothing names any more; what cannot go now goes at the next start. */
  private static void discard(Path content) {
    try {
      Files.deleteIfExists(content);
    } catch (IOException e) {
      LOG.log(DEBUG, () -> "Cannot delete " + content + " yet: " + e);
    }
  }

  private Bucket bucket(String name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw new IllegalArgumentException(
          "No bucket '" + name + "' here. There is: " + String.join(", ", buckets.keySet()) + ".");
    }
    return bucket;
  }

  private void removeUnfinished() throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(incoming, "*" + UNFINISHED)) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
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
          "Another emulator uses the data folder " + root + ". Stop it, or choose another folder.");
    }
    return channel;
  }

  /** One bucket: what is on disk, and the index of it. */
  static final class Bucket {
    private final ObjectFiles files;
    private final NavigableMap<String, ObjectEntry> entries = new ConcurrentSkipListMap<>();

    Bucket(ObjectFiles files) throws IOException {
      this.files = files;
      for (ObjectEntry entry : files.load()) {
        entries.put(entry.key(), entry);
      }
    }
  }
}
