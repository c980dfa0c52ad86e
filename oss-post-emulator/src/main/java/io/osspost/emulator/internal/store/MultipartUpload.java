package io.osspost.emulator.internal.store;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A multipart upload and its parts. In a data folder it survives a restart of the emulator.
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

  /** Returns whether the upload has been completed or aborted. */
  synchronized boolean hasEnded() {
    return ended;
  }

  /** Adds a part; returns the replaced one with that number, if there is one. */
  synchronized Optional<UploadedPart> put(UploadedPart part) {
    return Optional.ofNullable(parts.put(part.number(), part));
  }

  /** Returns whether none of {@code wanted} was replaced. */
  synchronized boolean hasAll(List<UploadedPart> wanted) {
    return wanted.stream().allMatch(part -> part.equals(parts.get(part.number())));
  }

  /** Marks the upload as completed or aborted. */
  synchronized void end() {
    ended = true;
  }
}
