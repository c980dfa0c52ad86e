package io.osspost.emulator.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of an upload form: over the Base64 text of the policy, exactly as it was sent.
 *
 * <p>Source: OSS documentation "PostObject" (V1) and "POST V4 signature".
 */
public final class PostSignature {
  private PostSignature() {}

  /** The V4 signature, 64 lower-case hex digits. */
  public static String v4(String accessKeySecret, CredentialScope scope, String policy) {
    byte[] signature = hmac("HmacSHA256", signingKey(accessKeySecret, scope), policy);
    return HexFormat.of().formatHex(signature);
  }

  /** The V1 signature, Base64. */
  public static String v1(String accessKeySecret, String policy) {
    byte[] signature = hmac("HmacSHA1", accessKeySecret.getBytes(UTF_8), policy);
    return Base64.getEncoder().encodeToString(signature);
  }

  /** The AccessKey secret narrowed, step by step, to one day, region and service. */
  static byte[] signingKey(String accessKeySecret, CredentialScope scope) {
    byte[] dateKey =
        hmac("HmacSHA256", ("aliyun_v4" + accessKeySecret).getBytes(UTF_8), scope.date());
    byte[] regionKey = hmac("HmacSHA256", dateKey, scope.region());
    byte[] serviceKey = hmac("HmacSHA256", regionKey, CredentialScope.SERVICE);
    return hmac("HmacSHA256", serviceKey, CredentialScope.TERMINATOR);
  }

  private static byte[] hmac(String algorithm, byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has " + algorithm, e);
    }
  }
}
