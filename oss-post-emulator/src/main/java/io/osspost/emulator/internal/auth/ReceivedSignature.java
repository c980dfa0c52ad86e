package io.osspost.emulator.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.auth.KnownSigners.TokenPlace;
import io.osspost.emulator.internal.protocol.OssError;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * The signature of a request. Only its format has been checked.
 *
 * @param token the security token sent with the signature
 * @param signature the signature as sent
 * @param stringToSign the expected string to sign
 * @param canonicalRequest the text of which the string to sign of V4 contains a hash
 */
record ReceivedSignature(
    TokenPlace carrier,
    String keyId,
    Optional<String> token,
    TimeCheck time,
    String signature,
    Signing signing,
    String stringToSign,
    Optional<String> canonicalRequest) {

  /** Rejects a signature that is expired or not yet valid. */
  @FunctionalInterface
  interface TimeCheck {
    void check(Instant now);
  }

  /** Signs with a secret. */
  @FunctionalInterface
  interface Signing {
    String sign(String accessKeySecret, String text);
  }

  /** Verifies token, time and signature; returns the AccessKey. */
  AccessKey verify(KnownSigners signers, Instant now) {
    AccessKey key = signers.find(keyId, token, carrier, now);
    time.check(now);
    String computed = signing.sign(key.secret(), stringToSign);
    if (MessageDigest.isEqual(signature.getBytes(UTF_8), computed.getBytes(UTF_8))) {
      return key;
    }
    OssError error = Signatures.mismatch(key, signature, stringToSign);
    if (canonicalRequest.isPresent()) {
      error =
          error
              .member("CanonicalRequest", canonicalRequest.get())
              .member("CanonicalRequestBytes", Signatures.spacedHex(canonicalRequest.get()))
              .ec("0002-00000201");
    } else {
      error = error.ec("0002-00000040");
    }
    throw error.because(why(key, signers.keys()));
  }

  private String why(AccessKey key, AccessKeys keys) {
    String digested = stringToSign.substring(0, stringToSign.lastIndexOf('\n') + 1);
    return canonicalRequest.isPresent()
        ? RequestMistakes.explain(
            key,
            keys,
            signature,
            canonicalRequest.get(),
            (secret, request) ->
                signing.sign(secret, digested + Signatures.sha256(request.getBytes(UTF_8))))
        : RequestMistakes.explain(key, keys, signature, stringToSign, signing);
  }

  /** Returns nothing of the token or the signature, because logs contain it. */
  @Override
  public String toString() {
    return "ReceivedSignature[" + keyId + " in " + carrier + "]";
  }
}
