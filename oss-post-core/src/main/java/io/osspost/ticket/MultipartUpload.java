package io.osspost.ticket;

import io.osspost.object.ObjectKey;

/**
 * An upload in parts that OSS has started: the terms of its grant, and how the file is cut.
 * Immutable.
 *
 * @param terms the terms, with one object and one exact size
 * @param uploadId OSS's id of the upload
 * @param partSize the size of every part but the last, in bytes
 */
public record MultipartUpload(GrantTerms terms, String uploadId, long partSize) {
  /** The largest number of parts that OSS joins. */
  public static final int MAX_PARTS = 10_000;

  /** The number of characters that a ticket has room for. OSS's upload ids have 32. */
  public static final int LONGEST_ID = 64;

  /**
   * Checks the upload.
   *
   * @param terms with a key, and with equal sizes
   * @param uploadId not blank
   * @param partSize large enough for at most 10,000 parts
   * @throws IllegalArgumentException if one of them is invalid
   */
  public MultipartUpload {
    if (terms.key().isEmpty() || terms.minSize() != terms.maxSize() || terms.maxSize() < 1) {
      throw new IllegalArgumentException(
          "An upload in parts needs one object and one exact size. State the file's name and"
              + " size.");
    }
    if (uploadId.isBlank()) {
      throw new IllegalArgumentException("The upload id is blank. Start the upload first.");
    }
    if (partSize < 1 || (terms.maxSize() - 1) / partSize >= MAX_PARTS) {
      throw new IllegalArgumentException(
          "Parts of " + partSize + " bytes are too small for 10,000 parts. Choose larger ones.");
    }
  }

  /** {@return the object} */
  public ObjectKey key() {
    return terms.key().orElseThrow();
  }

  /** {@return the size of the file in bytes} */
  public long size() {
    return terms.maxSize();
  }

  /** {@return the number of parts} */
  public int partCount() {
    return (int) ((size() - 1) / partSize + 1);
  }

  /**
   * {@return the size of a part in bytes; the last one has the rest}
   *
   * @param number 1 to {@link #partCount}
   */
  public long sizeOf(int number) {
    return number == partCount() ? size() - partSize * (number - 1L) : partSize;
  }
}
