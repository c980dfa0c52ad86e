package io.osspost.multipart;

import io.osspost.ticket.MultipartUpload;

/**
 * Chooses how a file is cut: parts of the preferred size, or larger ones if that would be too many.
 *
 * <p>Source: OSS documentation, "Multipart upload": 1 to 10,000 parts of 100 KB to 5 GB each.
 */
final class PartSizes {
  static final long SMALLEST = 100L << 10;
  static final long LARGEST = 5L << 30;

  /** The largest file that OSS can join from parts. */
  static final long LARGEST_FILE = LARGEST * MultipartUpload.MAX_PARTS;

  private static final long MEGABYTE = 1L << 20;

  private PartSizes() {}

  /** Returns the size of all parts but the last one, in bytes. */
  static long of(long fileSize, long preferred) {
    long smallest = (fileSize - 1) / MultipartUpload.MAX_PARTS + 1;
    if (smallest <= preferred) {
      return preferred;
    }
    return Math.min(((smallest - 1) / MEGABYTE + 1) * MEGABYTE, LARGEST);
  }
}
