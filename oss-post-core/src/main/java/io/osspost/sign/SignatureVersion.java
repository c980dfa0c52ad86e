package io.osspost.sign;

/** How a request is signed. OSS itself takes both; some private clouds know only V1. */
public enum SignatureVersion {
  /** HMAC-SHA256 under a key for one day and region, over every part of the request that counts. */
  V4,

  /** HMAC-SHA1 under the AccessKey secret itself. Only for endpoints without V4. */
  V1
}
