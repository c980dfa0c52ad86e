package io.osspost.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA1, which V1 signatures are made of. Nothing new should be. */
public final class HmacSha1 {
  private HmacSha1() {}

  /** The MAC of one text under {@code key}. */
  public static byte[] of(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA1"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "Every Java platform must have HmacSHA1; this one has not", e);
    }
  }
}
