package io.osspost.sign;

/** The two versions of OSS's signatures. */
public enum SignatureVersion {
  /** HMAC-SHA256 with a key for one day, region and service. */
  V4,
  /** HMAC-SHA1 with the AccessKey secret itself, for private clouds and pages that expect it. */
  V1
}
