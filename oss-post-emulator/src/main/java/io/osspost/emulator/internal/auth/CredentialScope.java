package io.osspost.emulator.internal.auth;

/**
 * The day, region and service of a V4 signature.
 *
 * @param date the UTC day, {@code yyyyMMdd}
 * @param region such as {@code cn-hangzhou}
 */
public record CredentialScope(String date, String region) {
  /** The only supported service. */
  public static final String SERVICE = "oss";

  /** The end of every V4 credential. */
  public static final String TERMINATOR = "aliyun_v4_request";

  /** Returns the scope as in a credential and in a string to sign. */
  @Override
  public String toString() {
    return date + "/" + region + "/" + SERVICE + "/" + TERMINATOR;
  }
}
