package io.osspost.emulator.internal.sts;

import static io.osspost.emulator.internal.protocol.PercentEncoding.encode;

import io.osspost.emulator.internal.auth.Signatures;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Signature version 1 of Alibaba Cloud's RPC calls: HMAC-SHA1 over all parameters.
 *
 * <p>Source: STS documentation "Signature method" and "Common parameters".
 */
record RpcSignature(
    String keyId,
    Optional<String> token,
    Instant signedAt,
    String nonce,
    String sent,
    String stringToSign)
    implements CallSignature {

  static RpcSignature read(StsCall call) throws StsRefusedException {
    String keyId = call.required("AccessKeyId");
    String sent = call.required("Signature");
    requireValue(
        call, "SignatureMethod", "HMAC-SHA1", "InvalidSignatureMethod", "signature method");
    requireValue(call, "SignatureVersion", "1.0", "InvalidSignatureVersion", "signature version");
    return new RpcSignature(
        keyId,
        call.parameter("SecurityToken"),
        CallTime.read(call.required("Timestamp")),
        call.required("SignatureNonce"),
        sent,
        stringToSign(call));
  }

  @Override
  public String computed(String accessKeySecret) {
    return Signatures.v1(accessKeySecret + "&", stringToSign);
  }

  private static String stringToSign(StsCall call) {
    Map<String, String> sorted = new TreeMap<>(call.parameters());
    sorted.remove("Signature");
    StringBuilder query = new StringBuilder();
    sorted.forEach(
        (name, value) ->
            query
                .append(query.isEmpty() ? "" : "&")
                .append(encode(name))
                .append('=')
                .append(encode(value)));
    return call.method() + "&" + encode("/") + "&" + encode(query.toString());
  }

  private static void requireValue(
      StsCall call, String parameter, String value, String code, String words)
      throws StsRefusedException {
    String sent = call.required(parameter);
    if (!sent.equalsIgnoreCase(value)) {
      throw new StsRefusedException(
          400, code, "Specified " + words + " is not valid.", parameter + " is not " + value);
    }
  }

  /** Returns nothing of token or signature, because logs contain it. */
  @Override
  public String toString() {
    return "RpcSignature[" + keyId + "]";
  }
}
