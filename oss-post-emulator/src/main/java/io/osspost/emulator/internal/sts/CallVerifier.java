package io.osspost.emulator.internal.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.auth.AccessKey;
import io.osspost.emulator.internal.auth.AccessKeys;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Determines the key that signed a call, and checks its time and that it is not a repetition.
 * Thread-safe.
 */
final class CallVerifier {
  private final AccessKeys keys;
  private final Clock clock;

  /** Nonces of calls that could be repeated, oldest first, with the time of their use. */
  private final Map<String, Instant> nonces = new LinkedHashMap<>();

  CallVerifier(AccessKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  AccessKey caller(StsCall call) throws StsRefusedException {
    CallSignature signature = call.isAcs3() ? Acs3Signature.read(call) : RpcSignature.read(call);
    Instant now = clock.instant();
    AccessKey key = key(signature.keyId());
    checkToken(key, signature.token(), now);
    CallTime.check(signature.signedAt(), now);
    String computed = signature.computed(key.secret());
    if (!MessageDigest.isEqual(signature.sent().getBytes(UTF_8), computed.getBytes(UTF_8))) {
      throw new StsRefusedException(
          400,
          "SignatureDoesNotMatch",
          "Specified signature is not matched with our calculation. server string to sign is:"
              + withoutToken(signature),
          "the signature is not the one that key '" + key.id() + "' makes for this call");
    }
    checkNonce(key.id() + " " + signature.nonce(), now);
    return key;
  }

  private AccessKey key(String id) throws StsRefusedException {
    Optional<AccessKey> key = keys.find(id);
    if (key.isEmpty()) {
      throw new StsRefusedException(
          404,
          "InvalidAccessKeyId.NotFound",
          "Specified access key is not found.",
          "the AccessKey ID '" + id + "' is unknown");
    }
    if (!key.get().isEnabled()) {
      throw new StsRefusedException(
          400,
          "InvalidAccessKeyId.Inactive",
          "Specified access key is disabled.",
          "the AccessKey '" + id + "' is disabled");
    }
    return key.get();
  }

  private static void checkToken(AccessKey key, Optional<String> sent, Instant now)
      throws StsRefusedException {
    Optional<AccessKey.SecurityToken> token = key.token();
    if (token.isPresent() && sent.isEmpty()) {
      throw StsRefusedException.missing("SecurityToken");
    }
    if (sent.isEmpty()) {
      return;
    }
    if (token.filter(known -> known.text().equals(sent.get())).isEmpty()) {
      throw new StsRefusedException(
          400,
          "InvalidSecurityToken.MismatchWithAccessKey",
          "Specified SecurityToken mismatch with the AccessKey.",
          "the security token is not the one of '" + key.id() + "'");
    }
    if (!now.isBefore(token.get().expiry())) {
      throw new StsRefusedException(
          400,
          "InvalidSecurityToken.Expired",
          "Specified SecurityToken is expired.",
          "the security token of '" + key.id() + "' expired at " + token.get().expiry());
    }
  }

  /** A nonce is forgotten after the time at which its call would be rejected as too old. */
  private synchronized void checkNonce(String nonce, Instant now) throws StsRefusedException {
    Instant forgotten = now.minus(CallTime.SKEW.multipliedBy(2));
    Iterator<Instant> oldest = nonces.values().iterator();
    while (oldest.hasNext() && oldest.next().isBefore(forgotten)) {
      oldest.remove();
    }
    if (nonces.putIfAbsent(nonce, now) != null) {
      throw new StsRefusedException(
          400,
          "SignatureNonceUsed",
          "Specified signature nonce was used already.",
          "the nonce was used before: every call needs a new one");
    }
  }

  /** STS quotes the expected text. It omits the token, because clients log the message. */
  private static String withoutToken(CallSignature signature) {
    return signature
        .stringToSign()
        .replaceAll("SecurityToken%3D.*?(?=%26|$)", "SecurityToken%3D***");
  }
}
