package io.osspost.emulator.internal.auth;

import static io.osspost.emulator.internal.protocol.PercentEncoding.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.protocol.PercentEncoding;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the canonical request of a V4 signature.
 *
 * <p>Source: OSS documentation "Include a V4 signature in the Authorization header" and "V4
 * signatures in presigned URLs".
 */
final class CanonicalRequest {
  /** The only possible payload hash, because the body is never signed. */
  static final String PAYLOAD = "UNSIGNED-PAYLOAD";

  private CanonicalRequest() {}

  /**
   * Writes the text.
   *
   * @param additional lower-case names of additional signed headers
   * @param written those of them whose values are signed
   */
  static String of(OssRequest request, Collection<String> additional, Collection<String> written) {
    return request.method()
        + '\n'
        + path(request)
        + '\n'
        + query(request)
        + '\n'
        + headers(request, written)
        + '\n'
        + String.join(";", additional)
        + '\n'
        + PAYLOAD;
  }

  /** Returns the string to sign. */
  static String stringToSign(String date, CredentialScope scope, String canonicalRequest) {
    return "OSS4-HMAC-SHA256\n"
        + date
        + '\n'
        + scope
        + '\n'
        + Signatures.sha256(canonicalRequest.getBytes(UTF_8));
  }

  /** Returns the resource with the bucket, for both styles of address. */
  private static String path(OssRequest request) {
    return request.bucket().isEmpty()
        ? "/"
        : "/" + request.bucket() + "/" + PercentEncoding.encodePath(request.key());
  }

  private static String query(OssRequest request) {
    Map<String, String> sorted = new TreeMap<>();
    request.query().forEach((name, value) -> sorted.put(encode(name), encode(value)));
    sorted.remove("x-oss-signature");
    StringBuilder query = new StringBuilder();
    sorted.forEach(
        (name, value) -> {
          query.append(query.isEmpty() ? "" : "&").append(name);
          query.append(value.isEmpty() ? "" : "=" + value);
        });
    return query.toString();
  }

  private static String headers(OssRequest request, Collection<String> written) {
    StringBuilder headers = new StringBuilder();
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (isAlwaysSigned(name) || written.contains(name)) {
                headers.append(name).append(':').append(value.trim()).append('\n');
              }
            });
    return headers.toString();
  }

  static boolean isAlwaysSigned(String header) {
    return header.startsWith("x-oss-")
        || header.equals("content-type")
        || header.equals("content-md5");
  }
}
