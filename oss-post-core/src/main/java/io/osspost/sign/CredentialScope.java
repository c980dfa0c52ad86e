package io.osspost.sign;

import io.osspost.wire.UtcTime;
import java.time.Instant;

/**
 * The day, region and service of a V4 signing key. The day is the UTC day of the instant at which
 * the grant is made, so the scope and {@code x-oss-date} cannot disagree.
 */
record CredentialScope(String day, String region) {
  /** The name of V4 signatures, in forms and URLs. */
  static final String VERSION = "OSS4-HMAC-SHA256";

  static CredentialScope at(Instant now, String region) {
    return new CredentialScope(UtcTime.day(now), region);
  }

  @Override
  public String toString() {
    return day + "/" + region + "/oss/aliyun_v4_request";
  }
}
