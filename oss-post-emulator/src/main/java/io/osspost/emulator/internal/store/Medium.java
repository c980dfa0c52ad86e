package io.osspost.emulator.internal.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where buckets and objects outlive a request, or the process. */
interface Medium {
  /** A bucket as an earlier run left it. */
  record Kept(BucketProperties properties, List<ObjectEntry> entries) {}

  /** What is there, by the name of the bucket; called once, before anything else. */
  Map<String, Kept> load() throws IOException;

  /** Starts to take in bytes. */
  Draft draft() throws IOException;

  /** Creates a bucket, or gives it other properties. */
  void save(String bucket, BucketProperties properties) throws IOException;

  /** Removes a bucket without objects. */
  void delete(String bucket) throws IOException;

  /** Makes {@code entry} what its key stands for, at once or not at all; returns it in place. */
  ObjectEntry save(String bucket, ObjectEntry entry) throws IOException;

  /** Forgets an object; its content is discarded by the caller. */
  void delete(String bucket, String key) throws IOException;

  /** The folder that holds all of it, if there is one. */
  Optional<Path> folder();

  /** Releases what this medium holds. */
  void close() throws IOException;
}
