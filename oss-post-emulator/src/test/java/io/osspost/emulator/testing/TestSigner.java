package io.osspost.emulator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs policies for tests, directly by the documented steps. Independent of the emulator. */
public final class TestSigner {
  private TestSigner() {}

  public static String base64(String policy) {
    return Base64.getEncoder().encodeToString(policy.getBytes(UTF_8));
  }

  public static String v4(String secret, String day, String region, String base64Policy) {
    byte[] key = ("aliyun_v4" + secret).getBytes(UTF_8);
    for (String step : new String[] {day, region, "oss", "aliyun_v4_request", base64Policy}) {
      key = hmac("HmacSHA256", key, step);
    }
    StringBuilder hex = new StringBuilder();
    for (byte b : key) {
      hex.append(String.format("%02x", b));
    }
    return hex.toString();
  }

  public static String v1(String secret, String base64Policy) {
    return Base64.getEncoder()
        .encodeToString(hmac("HmacSHA1", secret.getBytes(UTF_8), base64Policy));
  }

  private static byte[] hmac(String algorithm, byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
