package io.osspost.profile;

import java.util.OptionalLong;

/**
 * The numbers of bytes that a profile may store: stored objects and granted uploads together.
 * Immutable.
 *
 * @param perCaller the bytes of each caller; all anonymous callers are the same caller
 * @param total the bytes of all callers together
 */
public record ByteQuota(OptionalLong perCaller, OptionalLong total) {
  private static final ByteQuota NONE = new ByteQuota(OptionalLong.empty(), OptionalLong.empty());

  /**
   * Checks the numbers.
   *
   * @param perCaller 1 byte or more, or empty for no limit
   * @param total 1 byte or more, or empty for no limit
   * @throws IllegalArgumentException if a number is less than 1
   */
  public ByteQuota {
    require(perCaller);
    require(total);
  }

  /** {@return no limit} */
  public static ByteQuota none() {
    return NONE;
  }

  /**
   * Returns the same total with another limit of each caller.
   *
   * @param bytes 1 or more
   * @return a copy
   */
  public ByteQuota withPerCaller(long bytes) {
    return new ByteQuota(OptionalLong.of(bytes), total);
  }

  /**
   * Returns the same limit of each caller with another total.
   *
   * @param bytes 1 or more
   * @return a copy
   */
  public ByteQuota withTotal(long bytes) {
    return new ByteQuota(perCaller, OptionalLong.of(bytes));
  }

  /** {@return whether one of the two numbers is limited} */
  public boolean isSet() {
    return perCaller.isPresent() || total.isPresent();
  }

  private static void require(OptionalLong bytes) {
    if (bytes.isPresent() && bytes.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "A quota of " + bytes.getAsLong() + " bytes allows no file. Write a size like 1GB.");
    }
  }
}
