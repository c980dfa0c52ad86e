package io.osspost.emulator.internal.sts;

import java.time.Instant;
import java.util.Optional;

/** The signature of a call: read, but not yet believed. */
interface CallSignature {
  String keyId();

  /** The security token of a caller whose key is temporary itself. */
  Optional<String> token();

  Instant signedAt();

  /** What makes every call another one. */
  String nonce();

  String sent();

  /** What should have been signed. */
  String stringToSign();

  String computed(String accessKeySecret);
}
