package io.osspost.profile;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The limits of all uploads of a profile together: bytes of stored objects and granted uploads, and
 * uploads in parts that are in progress at once. Immutable.
 *
 * @param perCaller the bytes of each caller; all anonymous callers are the same caller
 * @param total the bytes of all callers together
 * @param openUploads the uploads in parts of each caller that are neither completed nor discarded
 */
public record Quota(OptionalLong perCaller, OptionalLong total, OptionalInt openUploads) {
  private static final Quota NONE =
      new Quota(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty());

  /**
   * Checks the numbers.
   *
   * @param perCaller 1 byte or more, or empty for no limit
   * @param total 1 byte or more, or empty for no limit
   * @param openUploads 1 or more, or empty for no limit
   * @throws IllegalArgumentException if a number is less than 1
   */
  public Quota {
    require(perCaller);
    require(total);
    if (openUploads.isPresent() && openUploads.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "A limit of "
              + openUploads.getAsInt()
              + " open uploads allows no upload in parts. Write 1 or more, or remove multipart from"
              + " the profile's grants.");
    }
  }

  /** {@return no limit} */
  public static Quota none() {
    return NONE;
  }

  /**
   * Returns the same limits with another number of bytes of each caller.
   *
   * @param bytes 1 or more
   * @return a copy
   */
  public Quota withPerCaller(long bytes) {
    return new Quota(OptionalLong.of(bytes), total, openUploads);
  }

  /**
   * Returns the same limits with another number of bytes of all callers.
   *
   * @param bytes 1 or more
   * @return a copy
   */
  public Quota withTotal(long bytes) {
    return new Quota(perCaller, OptionalLong.of(bytes), openUploads);
  }

  /**
   * Returns the same limits with another number of open uploads in parts.
   *
   * @param uploads 1 or more, of each caller
   * @return a copy
   */
  public Quota withOpenUploads(int uploads) {
    return new Quota(perCaller, total, OptionalInt.of(uploads));
  }

  /** {@return the limits of bytes alone, which also apply to forms} */
  public Quota ofBytes() {
    return new Quota(perCaller, total, OptionalInt.empty());
  }

  /** {@return whether one of the numbers is limited} */
  public boolean isSet() {
    return limitsBytes() || openUploads.isPresent();
  }

  /** {@return whether the bytes of each caller or of all callers are limited} */
  public boolean limitsBytes() {
    return perCaller.isPresent() || total.isPresent();
  }

  private static void require(OptionalLong bytes) {
    if (bytes.isPresent() && bytes.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "A quota of " + bytes.getAsLong() + " bytes allows no file. Write a size like 1GB.");
    }
  }
}
