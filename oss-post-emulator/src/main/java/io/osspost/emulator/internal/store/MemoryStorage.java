package io.osspost.emulator.internal.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores content on the heap. It ends with the process. */
final class MemoryStorage implements Storage {
  private static final int BLOCK = 64 << 10;

  @Override
  public Map<String, SavedBucket> load() {
    return Map.of();
  }

  @Override
  public Draft draft() {
    return new MemoryDraft();
  }

  @Override
  public void save(String bucket, BucketProperties properties) {}

  @Override
  public void delete(String bucket) {}

  @Override
  public ObjectEntry save(String bucket, ObjectEntry entry) {
    return entry;
  }

  @Override
  public void delete(String bucket, String key) {}

  @Override
  public void save(String bucket, MultipartUpload upload) {}

  @Override
  public UploadedPart save(String bucket, MultipartUpload upload, UploadedPart part) {
    return part;
  }

  @Override
  public void delete(String bucket, MultipartUpload upload) {}

  @Override
  public Optional<Path> folder() {
    return Optional.empty();
  }

  @Override
  public void close() {}

  private static final class MemoryDraft extends Draft {
    private final List<byte[]> blocks = new ArrayList<>();
    private byte[] block = new byte[0];
    private int used;
    private long size;

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      for (int at = 0; at < length; ) {
        if (used == block.length) {
          block = new byte[BLOCK];
          blocks.add(block);
          used = 0;
        }
        int n = Math.min(block.length - used, length - at);
        System.arraycopy(bytes, offset + at, block, used, n);
        used += n;
        at += n;
      }
      size += length;
    }

    @Override
    Segment finish() {
      if (!blocks.isEmpty()) {
        blocks.set(blocks.size() - 1, Arrays.copyOf(block, used));
      }
      return new HeapSegment(List.copyOf(blocks), size);
    }
  }

  private record HeapSegment(List<byte[]> blocks, long size) implements Segment {
    @Override
    public InputStream open(long offset) throws IOException {
      int first = (int) (offset / BLOCK);
      List<InputStream> rest = new ArrayList<>();
      for (byte[] block : blocks.subList(Math.min(first, blocks.size()), blocks.size())) {
        rest.add(new ByteArrayInputStream(block));
      }
      InputStream in = new SequenceInputStream(Collections.enumeration(rest));
      in.skipNBytes(Math.min(offset, size) - (long) Math.min(first, blocks.size()) * BLOCK);
      return in;
    }

    @Override
    public void discard() {}
  }
}
