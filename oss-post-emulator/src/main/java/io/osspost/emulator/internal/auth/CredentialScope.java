package io.osspost.emulator.internal.auth;

/**
 * The day, region and service a V4 signature is narrowed to.
 *
 * @param date the UTC day, {@code yyyyMMdd}
 * @param region such as {@code cn-hangzhou}
 */
public record CredentialScope(String date, String region) {
  /** The only service there is. */
  public static final String SERVICE = "oss";

  /** What every V4 credential ends in. */
  public static final String TERMINATOR = "aliyun_v4_request";

  /** As it stands in a credential and in a string to sign. */
  @Override
  public String toString() {
    return date + "/" + region + "/" + SERVICE + "/" + TERMINATOR;
  }
}
