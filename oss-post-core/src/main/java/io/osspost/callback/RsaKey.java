package io.osspost.callback;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** A public key that verifies callbacks: RSA PKCS#1 v1.5 over MD5, as OSS documents it. */
final class RsaKey {
  private static final int MAX_BITS = 8192;

  private final RSAPublicKey key;

  private RsaKey(RSAPublicKey key) {
    this.key = key;
  }

  /** Reads a PEM text, or the Base64 between its lines. */
  static RsaKey parse(String pem) {
    String base64 = pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----|\\s", "");
    RSAPublicKey key;
    try {
      byte[] encoded = Base64.getDecoder().decode(base64);
      key =
          (RSAPublicKey)
              KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "This is not an RSA public key in PEM form. Write the text that begins with "
              + "'-----BEGIN PUBLIC KEY-----'.",
          e);
    }
    if (key.getModulus().bitLength() > MAX_BITS) {
      throw new IllegalArgumentException(
          "The callback key has more than " + MAX_BITS + " bits. Use a smaller one.");
    }
    return new RsaKey(key);
  }

  /** Returns whether the matching private key made {@code signature} over the parts, in order. */
  boolean verifies(byte[] signature, byte[]... parts) {
    try {
      Signature rsa = Signature.getInstance("MD5withRSA");
      rsa.initVerify(key);
      for (byte[] part : parts) {
        rsa.update(part);
      }
      return rsa.verify(signature);
    } catch (SignatureException e) {
      return false; // The signature has another length than the key.
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("This JVM rejects the callback key. See java.security.", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "This JVM does not support MD5withRSA, with which OSS signs.", e);
    }
  }
}
