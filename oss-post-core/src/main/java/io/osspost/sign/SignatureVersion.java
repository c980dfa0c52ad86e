package io.osspost.sign;

/** The two ways OSS checks who made a request. */
public enum SignatureVersion {
  /** HMAC-SHA256 with a key narrowed to one day, region and service. */
  V4,
  /** HMAC-SHA1 with the AccessKey secret itself; for private clouds and pages written for it. */
  V1
}
