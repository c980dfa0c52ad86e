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
 * The RSA key pair that signs callbacks: each emulator generates its own at the first use.
 * Thread-safe.
 */
public final class CallbackKey {
  /** The path segment of the public key. No bucket can have this name. */
  public static final String FILE = "callback_pub_key_v1.pem";

  /** OSS's own key has 512 bits. This key is generated in milliseconds. It protects only tests. */
  private static final int BITS = 1024;

  private @Nullable KeyPair pair;

  public PublicKey publicKey() {
    return pair().getPublic();
  }

  /** Returns the public key in PEM form, as the emulator serves it. */
  public String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
            .encodeToString(publicKey().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** Returns the value of the header {@code authorization} for the signed bytes. */
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
