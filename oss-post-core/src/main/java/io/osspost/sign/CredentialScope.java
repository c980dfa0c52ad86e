package io.osspost.sign;

import io.osspost.wire.UtcTime;
import java.time.Instant;

/**
 * The day, region and service a V4 signing key is narrowed to. The day is the UTC day of the one
 * instant a grant is made at, so the scope and {@code x-oss-date} cannot disagree.
 */
record CredentialScope(String day, String region) {
  /** What V4 calls itself, in forms and URLs alike. */
  static final String VERSION = "OSS4-HMAC-SHA256";

  static CredentialScope at(Instant now, String region) {
    return new CredentialScope(UtcTime.day(now), region);
  }

  @Override
  public String toString() {
    return day + "/" + region + "/oss/aliyun_v4_request";
  }
}
