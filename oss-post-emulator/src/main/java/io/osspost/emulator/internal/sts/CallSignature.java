package io.osspost.emulator.internal.sts;

import java.time.Instant;
import java.util.Optional;

/** The signature of a call, not yet verified. */
interface CallSignature {
  String keyId();

  /** Returns the security token of a caller whose key is temporary. */
  Optional<String> token();

  Instant signedAt();

  /** Returns the nonce, which makes every call unique. */
  String nonce();

  String sent();

  /** Returns the expected signature. */
  String stringToSign();

  String computed(String accessKeySecret);
}
