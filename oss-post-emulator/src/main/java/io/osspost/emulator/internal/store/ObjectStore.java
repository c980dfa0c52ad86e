package io.osspost.emulator.internal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Buckets of objects. Content is written apart and becomes an object when it is complete, so an
 * interrupted upload leaves no object. Thread-safe.
 */
public final class ObjectStore implements AutoCloseable {
  private final Storage medium;
  private final Clock clock;
  private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();

  private ObjectStore(Storage medium, Clock clock) throws IOException {
    this.medium = medium;
    this.clock = clock;
    try {
      for (Map.Entry<String, Storage.SavedBucket> kept : medium.load().entrySet()) {
        Bucket bucket = new Bucket(kept.getKey(), kept.getValue().properties());
        kept.getValue().entries().forEach(entry -> bucket.entries.put(entry.key(), entry));
        kept.getValue().uploads().forEach(upload -> bucket.uploads.put(upload.id(), upload));
        buckets.put(kept.getKey(), bucket);
      }
    } catch (IOException | RuntimeException e) {
      medium.close();
      throw e;
    }
  }

  /** Opens {@code folder} with the objects of an earlier run. */
  public static ObjectStore open(Path folder, Clock clock) throws IOException {
    return new ObjectStore(new DiskStorage(Files.createDirectories(folder), false), clock);
  }

  /** Opens a folder that {@link #close} deletes. */
  public static ObjectStore temporary(Clock clock) throws IOException {
    Path folder = Files.createTempDirectory("oss-post-emulator-");
    return new ObjectStore(new DiskStorage(folder, true), clock);
  }

  /** Opens a store on the heap. */
  public static ObjectStore inMemory(Clock clock) throws IOException {
    return new ObjectStore(new MemoryStorage(), clock);
  }

  /** Returns the folder of the objects; empty if they are on the heap. */
  public Optional<Path> folder() {
    return medium.folder();
  }

  /** Releases the folder, and deletes it if it is temporary. */
  @Override
  public void close() throws IOException {
    medium.close();
  }

  Instant now() {
    return clock.instant();
  }

  // --- buckets

  public boolean hasBucket(String bucket) {
    return buckets.containsKey(bucket);
  }

  public SortedSet<String> bucketNames() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(buckets.keySet()));
  }

  public BucketProperties properties(String bucket) {
    return bucket(bucket).properties;
  }

  /** Creates a private bucket without CORS rules, unless it exists. */
  public synchronized boolean createBucket(String name) throws IOException {
    if (buckets.containsKey(name)) {
      return false;
    }
    BucketProperties properties =
        new BucketProperties(clock.instant(), ObjectAcl.PRIVATE, "Standard", Optional.empty());
    medium.save(name, properties);
    buckets.put(name, new Bucket(name, properties));
    return true;
  }

  /** Changes the properties of a bucket. */
  public void change(String name, UnaryOperator<BucketProperties> change) throws IOException {
    Bucket bucket = bucket(name);
    synchronized (bucket) {
      BucketProperties changed = change.apply(bucket.properties);
      medium.save(name, changed);
      bucket.properties = changed;
    }
  }

  /** Deletes a bucket without objects and unfinished uploads; returns whether it did. */
  public synchronized boolean deleteBucket(String name) throws IOException {
    Bucket bucket = bucket(name);
    synchronized (bucket) {
      if (!bucket.isEmpty()) {
        return false;
      }
      medium.delete(name);
      buckets.remove(name);
      return true;
    }
  }

  // --- objects

  public Optional<ObjectEntry> find(String bucket, String key) {
    return Optional.ofNullable(bucket(bucket).entries.get(key));
  }

  public List<String> keys(String bucket) {
    return List.copyOf(bucket(bucket).entries.keySet());
  }

  /** Returns the objects in the order of their keys; a view that changes with the bucket. */
  public NavigableMap<String, ObjectEntry> objects(String bucket) {
    return Collections.unmodifiableNavigableMap(bucket(bucket).entries);
  }

  /** Removes the object with that key, if it exists. */
  public void delete(String bucket, String key) throws IOException {
    Bucket from = bucket(bucket);
    synchronized (from) {
      ObjectEntry entry = from.entries.remove(key);
      if (entry != null) {
        medium.delete(bucket, key);
        entry.content().pieces().forEach(Segment::discard);
      }
    }
  }

  /** Changes the headers of an object, if it still exists. */
  public void change(String bucket, String key, UnaryOperator<ObjectHeaders> change)
      throws IOException {
    Bucket in = bucket(bucket);
    synchronized (in) {
      ObjectEntry entry = in.entries.get(key);
      if (entry != null) {
        in.entries.put(key, medium.save(bucket, entry.with(change.apply(entry.headers()))));
      }
    }
  }

  /** Opens an upload; close it, committed or not. */
  public Upload begin(String bucket) throws IOException {
    return new Upload(this, bucket(bucket).name, medium.draft());
  }

  /** Makes {@code entry} the object of its key. */
  ObjectEntry publish(String bucket, ObjectEntry entry, boolean forbidOverwrite)
      throws IOException, ObjectExistsException {
    Bucket in = bucket(bucket);
    synchronized (in) {
      ObjectEntry previous = in.entries.get(entry.key());
      if (previous != null && forbidOverwrite) {
        throw new ObjectExistsException(entry.key());
      }
      ObjectEntry placed = medium.save(bucket, entry);
      in.entries.put(entry.key(), placed);
      if (previous != null) {
        discardAllBut(previous.content(), Set.copyOf(placed.content().pieces()));
      }
      return placed;
    }
  }

  /** Appends the bytes of {@code upload} to the object of that key. */
  ObjectEntry append(String bucket, String key, long position, ObjectHeaders headers, Upload upload)
      throws IOException, NotAppendableException {
    Bucket in = bucket(bucket);
    synchronized (in) {
      ObjectEntry previous = in.entries.get(key);
      boolean appendable = previous == null || previous.type() == ObjectType.APPENDABLE;
      long size = previous == null ? 0 : previous.size();
      if (!appendable || position != size) {
        throw new NotAppendableException(appendable, size);
      }
      Content content =
          previous == null
              ? new Content(List.of(upload.finish()))
              : previous.content().and(upload.finish());
      long crc64 =
          previous == null
              ? upload.crc64()
              : Crc64.combine(previous.crc64(), upload.crc64(), upload.size());
      ObjectEntry placed =
          medium.save(
              bucket,
              new ObjectEntry(
                  key,
                  ObjectType.APPENDABLE,
                  upload.tag(),
                  crc64,
                  clock.instant(),
                  previous == null ? headers : previous.headers(),
                  content,
                  Optional.empty()));
      in.entries.put(key, placed);
      return placed;
    }
  }

  // --- multipart uploads

  public MultipartUpload initiate(String bucket, String key, ObjectHeaders headers)
      throws IOException {
    String id = UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
    MultipartUpload upload = new MultipartUpload(id, key, headers, clock.instant());
    Bucket in = bucket(bucket);
    synchronized (in) {
      medium.save(bucket, upload);
      in.uploads.put(id, upload);
    }
    return upload;
  }

  public Optional<MultipartUpload> upload(String bucket, String id) {
    return Optional.ofNullable(bucket(bucket).uploads.get(id));
  }

  /** Returns the unfinished uploads, in no particular order; a copy. */
  public List<MultipartUpload> uploads(String bucket) {
    return List.copyOf(bucket(bucket).uploads.values());
  }

  /** Makes {@code part} a part of an upload; returns null if the upload has ended. */
  @Nullable UploadedPart add(String bucket, MultipartUpload upload, UploadedPart part)
      throws IOException {
    synchronized (upload) {
      if (upload.hasEnded()) {
        return null;
      }
      UploadedPart placed = medium.save(bucket, upload, part);
      upload.put(placed).ifPresent(replaced -> discardAllBut(replaced.content(), Set.of()));
      return placed;
    }
  }

  /** Ends an upload and deletes its parts; returns false if it has ended before. */
  public boolean abort(String bucket, MultipartUpload upload) throws IOException {
    Bucket in = bucket(bucket);
    synchronized (in) {
      synchronized (upload) {
        if (upload.hasEnded()) {
          return false;
        }
        end(in, upload, Set.of());
        return true;
      }
    }
  }

  /**
   * Makes {@code parts} of an upload the object of its key, and ends the upload.
   *
   * @return empty if the upload has ended, or its parts changed
   * @throws ObjectExistsException if {@code forbidOverwrite} and the key is used
   */
  public Optional<ObjectEntry> complete(
      String bucket,
      MultipartUpload upload,
      List<UploadedPart> parts,
      ObjectHeaders headers,
      boolean forbidOverwrite)
      throws IOException, ObjectExistsException {
    Bucket in = bucket(bucket);
    synchronized (in) {
      synchronized (upload) {
        if (upload.hasEnded() || !upload.hasAll(parts)) {
          return Optional.empty();
        }
        ObjectEntry placed = publish(bucket, assembled(upload, parts, headers), forbidOverwrite);
        end(in, upload, Set.copyOf(placed.content().pieces()));
        return Optional.of(placed);
      }
    }
  }

  /** Ends an upload, and deletes the content of its parts except {@code kept}. */
  private void end(Bucket in, MultipartUpload upload, Set<Segment> kept) throws IOException {
    medium.delete(in.name, upload); // If this fails, the upload goes on.
    upload.end();
    in.uploads.remove(upload.id());
    upload.parts().forEach(part -> discardAllBut(part.content(), kept));
  }

  /** Returns the object of {@code key} if the upload {@code id} made it and it was not replaced. */
  public Optional<ObjectEntry> completed(String bucket, String key, String id) {
    Bucket in = bucket(bucket);
    synchronized (in) {
      return find(bucket, key).filter(entry -> entry.uploadId().equals(Optional.of(id)));
    }
  }

  private ObjectEntry assembled(
      MultipartUpload upload, List<UploadedPart> parts, ObjectHeaders headers) {
    MessageDigest tags = Md5.newDigest();
    long crc64 = 0;
    List<Segment> pieces = new ArrayList<>();
    for (UploadedPart part : parts) {
      tags.update(HexFormat.of().parseHex(part.tag()));
      crc64 = Crc64.combine(crc64, part.crc64(), part.size());
      pieces.addAll(part.content().pieces());
    }
    String tag = HexFormat.of().withUpperCase().formatHex(tags.digest()) + "-" + parts.size();
    return new ObjectEntry(
        upload.key(),
        ObjectType.MULTIPART,
        tag,
        crc64,
        clock.instant(),
        headers,
        new Content(pieces),
        Optional.of(upload.id()));
  }

  private static void discardAllBut(Content content, Set<Segment> kept) {
    content.pieces().stream().filter(piece -> !kept.contains(piece)).forEach(Segment::discard);
  }

  private Bucket bucket(String name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw new IllegalArgumentException(
          "No bucket '"
              + name
              + "' in this emulator. Known buckets: "
              + String.join(", ", bucketNames())
              + ".");
    }
    return bucket;
  }
}
