package io.osspost.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** Lower bounds instead of contenders: no implementation of that kind can cost less. */
final class Bounds {
  private Bounds() {}

  /** Only encodes and signs a complete policy. */
  static Granter bareSignature(Task task, byte[] policy) {
    byte[] key = SigningKeys.v4(task.keys().secret(), "20240315");
    ThreadLocal<Bare> ofThread = ThreadLocal.withInitial(() -> new Bare(key, policy));
    return caller -> ofThread.get().grant();
  }

  /**
   * The remaining work if all common parts of grants are cached: the end of an HMAC, which is two
   * compressions on copied states, and a fresh body of the answer's length.
   */
  static Granter floor(byte[] answer) {
    MessageDigest inner = started();
    MessageDigest outer = started();
    return caller -> {
      try {
        byte[] digest = ((MessageDigest) inner.clone()).digest();
        byte[] mac = ((MessageDigest) outer.clone()).digest(digest);
        byte[] body = Arrays.copyOf(answer, answer.length);
        body[body.length - 1] = mac[0];
        return body;
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** Only hashes and signs a complete canonical request. */
  static Granter bareUrlSignature(Task task, byte[] url) {
    byte[] key = SigningKeys.v4(task.keys().secret(), "20240315");
    byte[] request = canonicalRequest(new String(url, UTF_8)).getBytes(UTF_8);
    ThreadLocal<BareUrl> ofThread = ThreadLocal.withInitial(() -> new BareUrl(key, request));
    return caller -> ofThread.get().grant();
  }

  private static String canonicalRequest(String url) {
    String sent = url.substring(Task.HOST.toString().length(), url.lastIndexOf('&'));
    return "PUT\n/"
        + Task.BUCKET
        + sent.replace('?', '\n')
        + "\ncontent-type:"
        + Task.FILE_TYPE
        + "\n\n\nUNSIGNED-PAYLOAD";
  }

  private static MessageDigest started() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(new byte[64]);
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class BareUrl {
    /**
     * Has the length of the signed text: algorithm, date, scope and the hash in hexadecimal digits.
     */
    private final byte[] stringToSign = new byte[17 + 17 + 43 + 64];

    private final byte[] request;
    private final MessageDigest digest;
    private final Mac mac;

    BareUrl(byte[] key, byte[] request) {
      this.request = request.clone();
      try {
        this.digest = MessageDigest.getInstance("SHA-256");
        this.mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    byte[] grant() {
      byte[] hash = digest.digest(request);
      System.arraycopy(hash, 0, stringToSign, 77, hash.length);
      byte[] signature = mac.doFinal(stringToSign);
      request[5] = signature[0];
      return signature;
    }
  }

  private static final class Bare {
    private final byte[] policy;
    private final byte[] encoded;
    private final byte[] signature = new byte[32];
    private final Mac mac;

    Bare(byte[] key, byte[] policy) {
      this.policy = policy.clone();
      this.encoded = new byte[(policy.length + 2) / 3 * 4];
      try {
        this.mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    byte[] grant() {
      int length = Base64.getEncoder().encode(policy, encoded);
      mac.update(encoded, 0, length);
      try {
        mac.doFinal(signature, 0);
      } catch (ShortBufferException e) {
        throw new IllegalStateException(e);
      }
      policy[policy.length - 4] ^= (byte) (signature[0] & 1);
      return signature;
    }
  }
}
