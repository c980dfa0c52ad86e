package io.osspost.emulator.internal.auth;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.rules.EmulatorRules;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Verifies the signature of a request, in V4 or V1, in the header {@code Authorization} or in the
 * query. Thread-safe.
 */
public final class RequestSigner {
  private static final List<String> TOKENS = List.of("x-oss-security-token", "security-token");

  private final KnownSigners signers;
  private final V4Request v4;
  private final Clock clock;

  public RequestSigner(AccessKeys keys, String region, Clock clock, EmulatorRules rules) {
    this.signers = new KnownSigners(keys);
    this.v4 = new V4Request(region, rules);
    this.clock = clock;
  }

  /**
   * Returns the key that signed {@code request}; empty for an anonymous request. Rejects a wrong
   * signature.
   */
  public Optional<AccessKey> of(OssRequest request) {
    Optional<String> authorization = request.header("Authorization");
    boolean v4Url =
        request.hasQuery("x-oss-signature-version")
            || request.hasQuery("x-oss-credential")
            || request.hasQuery("x-oss-signature");
    boolean v1Url = request.hasQuery("OSSAccessKeyId") || request.hasQuery("Signature");
    if (authorization.isEmpty() && !v4Url && !v1Url) {
      return Optional.empty();
    }
    if (authorization.isPresent() && (v4Url || v1Url)) {
      throw OssError.invalidArgument(
              "Only one auth mechanism allowed: the Authorization header or the query string.",
              "Authorization",
              "")
          .because("the request is signed in its header and in its URL");
    }
    if (TOKENS.stream().anyMatch(request::hasQuery)
        && TOKENS.stream().anyMatch(name -> request.header(name).isPresent())) {
      throw OssError.invalidArgument(
              "The security token must be given in the header or in the query string, not both.",
              "security-token",
              "")
          .ec("0002-00000010")
          .because("the request has a security token in a header and in its URL");
    }
    ReceivedSignature signature =
        authorization.isPresent()
            ? inHeader(request, authorization.get().trim())
            : v4Url ? v4.inUrl(request) : V1Request.inUrl(request);
    return Optional.of(signature.verify(signers, clock.instant()));
  }

  private ReceivedSignature inHeader(OssRequest request, String authorization) {
    if (authorization.startsWith(V4Request.SCHEME + " ")) {
      return v4.inHeader(request, authorization);
    }
    if (authorization.startsWith(V1Request.SCHEME)) {
      return V1Request.inHeader(request, authorization);
    }
    if (authorization.isEmpty()) {
      throw OssError.invalidArgument(
              "Authorization header value is empty.", "Authorization", authorization)
          .because("the Authorization header is empty");
    }
    boolean foreign = authorization.startsWith("AWS");
    throw OssError.invalidArgument(
            foreign ? "Unsupported Authorization Type" : "Authorization header is invalid.",
            "Authorization",
            "")
        .ec(foreign ? "0002-00000002" : "0002-00000061")
        .because("the Authorization header starts with neither 'OSS ' nor 'OSS4-HMAC-SHA256 '");
  }
}
