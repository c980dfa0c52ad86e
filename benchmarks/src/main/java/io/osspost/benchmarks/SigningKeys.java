package io.osspost.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signing key of a day, derived with the JDK's {@code Mac}, for contenders that cache it. */
final class SigningKeys {
  private SigningKeys() {}

  static byte[] v4(String secret, String day) {
    byte[] key = ("aliyun_v4" + secret).getBytes(UTF_8);
    for (String step : new String[] {day, Task.REGION, "oss", "aliyun_v4_request"}) {
      key = hmac("HmacSHA256", key, step.getBytes(UTF_8));
    }
    return key;
  }

  static byte[] hmac(String algorithm, byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
