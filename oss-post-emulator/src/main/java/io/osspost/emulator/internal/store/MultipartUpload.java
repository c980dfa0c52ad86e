package io.osspost.emulator.internal.store;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A multipart upload that is neither completed nor aborted. A restart of the emulator aborts it.
 * Thread-safe.
 */
public final class MultipartUpload {
  private final String id;
  private final String key;
  private final ObjectHeaders headers;
  private final Instant initiated;
  private final NavigableMap<Integer, UploadedPart> parts = new TreeMap<>();
  private boolean ended;

  MultipartUpload(String id, String key, ObjectHeaders headers, Instant initiated) {
    this.id = id;
    this.key = key;
    this.headers = headers;
    this.initiated = initiated;
  }

  public String id() {
    return id;
  }

  public String key() {
    return key;
  }

  /** Returns the future object's properties besides its content. */
  public ObjectHeaders headers() {
    return headers;
  }

  public Instant initiated() {
    return initiated;
  }

  /** Returns the parts by number; a copy. */
  public synchronized List<UploadedPart> parts() {
    return List.copyOf(parts.values());
  }

  public synchronized Optional<UploadedPart> part(int number) {
    return Optional.ofNullable(parts.get(number));
  }

  /**
   * Adds a part, and replaces an earlier one with that number; returns false if the upload has
   * ended.
   */
  synchronized boolean put(UploadedPart part) {
    if (ended) {
      return false;
    }
    UploadedPart previous = parts.put(part.number(), part);
    if (previous != null) {
      discard(previous);
    }
    return true;
  }

  /**
   * Ends the upload, keeps the content of {@code wanted} and deletes the other parts.
   *
   * @return whether all of them still exist; otherwise nothing happens
   */
  synchronized boolean end(List<UploadedPart> wanted) {
    if (ended || !parts.values().containsAll(wanted)) {
      return false;
    }
    ended = true;
    parts.values().stream()
        .filter(part -> !wanted.contains(part))
        .forEach(MultipartUpload::discard);
    return true;
  }

  private static void discard(UploadedPart part) {
    part.content().pieces().forEach(Segment::discard);
  }
}
