package io.osspost.emulator.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.protocol.OssError;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes signatures of texts: of a request's string to sign, or of the Base64 text of a form's
 * policy, exactly as sent.
 *
 * <p>Source: OSS documentation "PostObject", "POST V4 signature", "Add a signature to the header"
 * and "Include a V4 signature in the Authorization header".
 */
public final class Signatures {
  private Signatures() {}

  /** Returns the V4 signature, 64 lower-case hexadecimal digits. */
  public static String v4(String accessKeySecret, CredentialScope scope, String text) {
    byte[] signature = hmac("HmacSHA256", signingKey(accessKeySecret, scope), text);
    return HexFormat.of().formatHex(signature);
  }

  /** Returns the V1 signature, Base64. */
  public static String v1(String accessKeySecret, String text) {
    byte[] signature = hmac("HmacSHA1", accessKeySecret.getBytes(UTF_8), text);
    return Base64.getEncoder().encodeToString(signature);
  }

  /** Returns the SHA-256 of a text or body, 64 lower-case hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }

  /** Returns the HMAC-SHA256 with the secret itself, 64 lower-case hexadecimal digits. */
  public static String hmacSha256(String accessKeySecret, String text) {
    byte[] signature = hmac("HmacSHA256", accessKeySecret.getBytes(UTF_8), text);
    return HexFormat.of().formatHex(signature);
  }

  /**
   * Returns the error that contains the expected text to sign, for comparison with the client's.
   */
  public static OssError mismatch(AccessKey key, String sent, String stringToSign) {
    return OssError.of(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check"
                + " your key and signing method.")
        .member("OSSAccessKeyId", key.id())
        .member("SignatureProvided", sent)
        .member("StringToSign", stringToSign)
        .member("StringToSignBytes", spacedHex(stringToSign));
  }

  /** Returns the bytes of a text, as error documents contain them. */
  static String spacedHex(String text) {
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(text.getBytes(UTF_8));
  }

  /** Returns the signing key, derived from the AccessKey secret for one day, region and service. */
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
