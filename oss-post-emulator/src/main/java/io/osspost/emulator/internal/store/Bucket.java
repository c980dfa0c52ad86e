package io.osspost.emulator.internal.store;

import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** One bucket of a store: the index of its objects. Changed under its own lock. */
final class Bucket {
  final String name;
  final NavigableMap<String, ObjectEntry> entries = new ConcurrentSkipListMap<>(KeyOrder.UTF_8);
  final NavigableMap<String, MultipartUpload> uploads = new ConcurrentSkipListMap<>();
  volatile BucketProperties properties;

  Bucket(String name, BucketProperties properties) {
    this.name = name;
    this.properties = properties;
  }

  boolean isEmpty() {
    return entries.isEmpty() && uploads.isEmpty();
  }
}
