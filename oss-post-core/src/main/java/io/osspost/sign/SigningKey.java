package io.osspost.sign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.wire.HmacSha256;

/**
 * The V4 signing key: the AccessKey secret narrowed, step by step, to one day, region and service.
 * Source: OSS documentation, "POST V4 signature".
 */
final class SigningKey {
  private SigningKey() {}

  static byte[] derive(String accessKeySecret, CredentialScope scope) {
    byte[] dateKey = HmacSha256.of(("aliyun_v4" + accessKeySecret).getBytes(UTF_8), scope.day());
    byte[] regionKey = HmacSha256.of(dateKey, scope.region());
    byte[] serviceKey = HmacSha256.of(regionKey, "oss");
    return HmacSha256.of(serviceKey, "aliyun_v4_request");
  }
}
