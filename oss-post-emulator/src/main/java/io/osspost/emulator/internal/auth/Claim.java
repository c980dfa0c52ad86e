package io.osspost.emulator.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.auth.KnownSigners.Carrier;
import io.osspost.emulator.internal.protocol.OssError;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * What a request says about its signature: read and in good shape, but not yet believed.
 *
 * @param token the security token sent beside the signature
 * @param signature as it was sent
 * @param stringToSign what should have been signed
 * @param canonicalRequest what the string to sign of V4 holds a digest of
 */
record Claim(
    Carrier carrier,
    String keyId,
    Optional<String> token,
    TimeCheck time,
    String signature,
    Signing signing,
    String stringToSign,
    Optional<String> canonicalRequest) {

  /** Refuses a signature that is over, or not yet to be. */
  @FunctionalInterface
  interface TimeCheck {
    void check(Instant now);
  }

  /** Signs with a secret. */
  @FunctionalInterface
  interface Signing {
    String sign(String accessKeySecret, String text);
  }

  /** The key that signed: known, with its token, in time, and with the signature we compute. */
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

  /** Never the token or the signature: this ends up in logs. */
  @Override
  public String toString() {
    return "Claim[" + keyId + " in " + carrier + "]";
  }
}
