package io.osspost.sign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.wire.Hmac;

/**
 * The V4 signing key, derived from the AccessKey secret for one day, region and service. Source:
 * OSS documentation, "POST V4 signature".
 */
final class SigningKey {
  private SigningKey() {}

  static byte[] derive(String accessKeySecret, CredentialScope scope) {
    byte[] secret = ("aliyun_v4" + accessKeySecret).getBytes(UTF_8);
    byte[] dateKey = Hmac.sha256(secret).update(scope.day()).finish();
    byte[] regionKey = Hmac.sha256(dateKey).update(scope.region()).finish();
    byte[] serviceKey = Hmac.sha256(regionKey).update("oss").finish();
    return Hmac.sha256(serviceKey).update("aliyun_v4_request").finish();
  }
}
