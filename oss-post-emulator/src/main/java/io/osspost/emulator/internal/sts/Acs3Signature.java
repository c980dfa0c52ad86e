package io.osspost.emulator.internal.sts;

import static io.osspost.emulator.internal.protocol.PercentEncoding.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.auth.Signatures;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signature version 3 of Alibaba Cloud's calls: HMAC-SHA256 over a canonical request, in the header
 * {@code Authorization}.
 *
 * <p>Source: OpenAPI documentation "V3 request structure and signature".
 */
record Acs3Signature(
    String keyId,
    Optional<String> token,
    Instant signedAt,
    String nonce,
    String sent,
    String canonicalRequest)
    implements CallSignature {
  private static final String SCHEME = "ACS3-HMAC-SHA256";
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          SCHEME + " Credential=([^,]+), *SignedHeaders=([^,]*), *Signature=([0-9a-fA-F]*)");

  static boolean isOne(String authorization) {
    return authorization.startsWith(SCHEME);
  }

  static Acs3Signature read(StsCall call) throws StsRefusedException {
    Matcher authorization = AUTHORIZATION.matcher(call.header("authorization").orElse(""));
    if (!authorization.matches()) {
      throw new StsRefusedException(
          400,
          "IncompleteSignature",
          "The request signature does not conform to Aliyun standards.",
          "the header Authorization does not have Credential, SignedHeaders and Signature");
    }
    List<String> signed = List.of(authorization.group(2).split(";", -1));
    checkSigned(call, signed);
    String digest = required(call, "x-acs-content-sha256");
    if (!digest.equals(call.bodyDigest())) {
      throw new StsRefusedException(
          400,
          "InvalidContentSha256",
          "Specified x-acs-content-sha256 does not match the body.",
          "x-acs-content-sha256 is not the digest of the received body");
    }
    return new Acs3Signature(
        authorization.group(1),
        call.header("x-acs-security-token").filter(token -> !token.isEmpty()),
        CallTime.read(required(call, "x-acs-date")),
        required(call, "x-acs-signature-nonce"),
        authorization.group(3),
        canonicalRequest(call, signed, digest));
  }

  @Override
  public String stringToSign() {
    return SCHEME + "\n" + Signatures.sha256(canonicalRequest.getBytes(UTF_8));
  }

  @Override
  public String computed(String accessKeySecret) {
    return Signatures.hmacSha256(accessKeySecret, stringToSign());
  }

  /** Host, content type and every {@code x-acs-} header must be signed. */
  private static void checkSigned(StsCall call, List<String> signed) throws StsRefusedException {
    for (String name : call.headers().keySet()) {
      boolean mustBe =
          name.startsWith("x-acs-") || name.equals("host") || name.equals("content-type");
      if (mustBe && !signed.contains(name)) {
        throw new StsRefusedException(
            400,
            "IncompleteSignature",
            "The request signature does not conform to Aliyun standards.",
            "the header " + name + " is not among the SignedHeaders");
      }
    }
  }

  private static String required(StsCall call, String header) throws StsRefusedException {
    Optional<String> value = call.header(header).filter(text -> !text.isEmpty());
    if (value.isEmpty()) {
      throw StsRefusedException.missing(header);
    }
    return value.get();
  }

  private static String canonicalRequest(StsCall call, List<String> signed, String digest) {
    Map<String, String> sorted = new TreeMap<>();
    call.query().forEach((name, value) -> sorted.put(encode(name), encode(value)));
    StringBuilder query = new StringBuilder();
    sorted.forEach(
        (name, value) ->
            query.append(query.isEmpty() ? "" : "&").append(name).append('=').append(value));
    StringBuilder headers = new StringBuilder();
    signed.stream()
        .sorted()
        .forEach(
            name ->
                headers.append(name).append(':').append(call.header(name).orElse("")).append('\n'));
    return String.join(
        "\n",
        call.method(),
        "/",
        query,
        headers,
        String.join(";", signed.stream().sorted().toList()),
        digest);
  }

  /** Returns nothing of token or signature, because logs contain it. */
  @Override
  public String toString() {
    return "Acs3Signature[" + keyId + "]";
  }
}
