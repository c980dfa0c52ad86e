package io.osspost.emulator.internal.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The storage of buckets and objects: a folder or the heap. */
interface Storage {
  /** A bucket of an earlier run, with its objects and unfinished multipart uploads. */
  record SavedBucket(
      BucketProperties properties, List<ObjectEntry> entries, List<MultipartUpload> uploads) {}

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

  /** Adds a multipart upload without parts. */
  void save(String bucket, MultipartUpload upload) throws IOException;

  /**
   * Adds a part to an upload, completely or not at all, or replaces the one with its number;
   * returns it with its final content. The caller deletes the content of a replaced part.
   */
  UploadedPart save(String bucket, MultipartUpload upload, UploadedPart part) throws IOException;

  /** Removes a multipart upload and its parts. The caller deletes their content. */
  void delete(String bucket, MultipartUpload upload) throws IOException;

  /** Returns the folder; empty for the heap. */
  Optional<Path> folder();

  /** Releases the storage. */
  void close() throws IOException;
}
