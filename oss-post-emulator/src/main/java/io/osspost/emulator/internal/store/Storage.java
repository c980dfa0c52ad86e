package io.osspost.emulator.internal.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The storage of buckets and objects: a folder or the heap. */
interface Storage {
  /** A bucket of an earlier run. */
  record SavedBucket(BucketProperties properties, List<ObjectEntry> entries) {}

  /** Returns the buckets of an earlier run by name. Called once, before any other method. */
  Map<String, SavedBucket> load() throws IOException;

  /** Opens a draft. */
  Draft draft() throws IOException;

  /** Creates a bucket, or changes its properties. */
  void save(String bucket, BucketProperties properties) throws IOException;

  /** Removes a bucket without objects. */
  void delete(String bucket) throws IOException;

  /**
   * Makes {@code entry} the object of its key, completely or not at all; returns it with its final
   * content.
   */
  ObjectEntry save(String bucket, ObjectEntry entry) throws IOException;

  /** Removes an object. The caller deletes its content. */
  void delete(String bucket, String key) throws IOException;

  /** Returns the folder; empty for the heap. */
  Optional<Path> folder();

  /** Releases the storage. */
  void close() throws IOException;
}
