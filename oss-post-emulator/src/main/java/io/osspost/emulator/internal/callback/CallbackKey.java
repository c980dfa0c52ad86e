package io.osspost.emulator.internal.callback;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The RSA key pair callbacks are signed with: new for every emulator, made when it is first needed.
 * Thread-safe.
 */
public final class CallbackKey {
  /** The name the public key is served under; no bucket can be called that. */
  public static final String FILE = "callback_pub_key_v1.pem";

  /** OSS's own key has 512 bits; this one is made in milliseconds and guards nothing. */
  private static final int BITS = 1024;

  private @Nullable KeyPair pair;

  public PublicKey publicKey() {
    return pair().getPublic();
  }

  /** The public key as it is served. */
  public String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
            .encodeToString(publicKey().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** The value of the header {@code authorization} for what is sent. */
  String sign(byte[] text) {
    try {
      Signature signature = Signature.getInstance("MD5withRSA");
      signature.initSign(pair().getPrivate());
      signature.update(text);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has MD5withRSA", e);
    }
  }

  private synchronized KeyPair pair() {
    if (pair == null) {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        pair = generator.generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("Every Java runtime has RSA", e);
      }
    }
    return pair;
  }
}
