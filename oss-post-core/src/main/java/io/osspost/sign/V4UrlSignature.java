package io.osspost.sign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.credentials.OssCredentials;
import io.osspost.object.OssBucket;
import io.osspost.wire.Digests;
import io.osspost.wire.Hmac;
import io.osspost.wire.PercentEncoding;
import io.osspost.wire.UtcTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The V4 signature in a URL. The query that is signed is, but for the signature at its end, the
 * query that is sent. Source: OSS documentation, "V4 signatures in presigned URLs".
 */
final class V4UrlSignature implements UrlSignature {
  /**
   * What all URLs of one second have in common.
   *
   * @param keyed the state of a MAC under the signing key of the day
   * @param begun the same MAC over the string to sign, up to the hash of the request
   * @param parameters those of the signature that are known so far, encoded
   */
  private record Common(
      OssCredentials credentials,
      Instant start,
      CredentialScope scope,
      Hmac keyed,
      Hmac begun,
      SortedMap<String, String> parameters) {}

  private final OssBucket bucket;
  private volatile @Nullable Common held;

  V4UrlSignature(OssBucket bucket) {
    this.bucket = bucket;
  }

  @Override
  public String query(
      ObjectRequest request, OssCredentials credentials, Instant start, Instant end) {
    Common common = common(credentials, start);
    SortedMap<String, String> headers = lowerCased(request.headers());
    String additional = additionalNames(headers);

    SortedMap<String, String> parameters = new TreeMap<>(common.parameters);
    request.query().forEach((name, value) -> put(parameters, name, value));
    put(parameters, "x-oss-expires", Long.toString(end.getEpochSecond() - start.getEpochSecond()));
    if (!additional.isEmpty()) {
      put(parameters, "x-oss-additional-headers", additional);
    }

    String query = canonicalQuery(parameters);
    byte[] hash =
        Digests.sha256(canonicalRequest(request, query, headers, additional).getBytes(UTF_8));
    byte[] mac = common.begun.copy().update(hexadecimal(hash).getBytes(ISO_8859_1)).finish();
    return query + "&x-oss-signature=" + hexadecimal(mac);
  }

  private Common common(OssCredentials credentials, Instant start) {
    Common last = held;
    // The same instance is the same keys: that is what providers promise.
    if (last == null || last.credentials != credentials || !last.start.equals(start)) {
      last = common(credentials, start, last);
      held = last;
    }
    return last;
  }

  private Common common(OssCredentials credentials, Instant start, @Nullable Common last) {
    CredentialScope scope = CredentialScope.at(start, bucket.region());
    Hmac keyed =
        last != null && last.credentials == credentials && last.scope.equals(scope)
            ? last.keyed
            : Hmac.sha256(SigningKey.derive(credentials.accessKeySecret(), scope));
    String date = UtcTime.basic(start);
    String beginning = CredentialScope.VERSION + "\n" + date + "\n" + scope + "\n";
    SortedMap<String, String> parameters = new TreeMap<>();
    put(parameters, "x-oss-signature-version", CredentialScope.VERSION);
    put(parameters, "x-oss-credential", credentials.accessKeyId() + "/" + scope);
    put(parameters, "x-oss-date", date);
    credentials.securityToken().ifPresent(token -> put(parameters, "x-oss-security-token", token));
    Hmac begun = keyed.copy().update(beginning.getBytes(UTF_8));
    return new Common(credentials, start, scope, keyed, begun, parameters);
  }

  private String canonicalRequest(
      ObjectRequest request, String query, Map<String, String> headers, String additional) {
    StringBuilder text = new StringBuilder(512 + query.length());
    text.append(request.method()).append('\n');
    text.append('/').append(bucket.name()).append('/').append(request.encodedKey()).append('\n');
    text.append(query).append('\n');
    headers.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    text.append('\n');
    text.append(additional).append('\n');
    return text.append("UNSIGNED-PAYLOAD").toString();
  }

  private static String canonicalQuery(SortedMap<String, String> parameters) {
    StringBuilder text = new StringBuilder(1024);
    parameters.forEach(
        (name, value) -> {
          text.append(text.isEmpty() ? "" : "&").append(name);
          if (!value.isEmpty()) {
            text.append('=').append(value);
          }
        });
    return text.toString();
  }

  /** Encoded before they are sorted: that is the order OSS signs them in. */
  private static void put(Map<String, String> parameters, String name, String value) {
    parameters.put(PercentEncoding.component(name), PercentEncoding.component(value));
  }

  private static SortedMap<String, String> lowerCased(Map<String, String> headers) {
    SortedMap<String, String> sorted = new TreeMap<>();
    headers.forEach((name, value) -> sorted.put(name.toLowerCase(Locale.ROOT), value));
    return sorted;
  }

  /** OSS signs its own headers and two more unasked; all others must be listed in the URL. */
  private static String additionalNames(SortedMap<String, String> headers) {
    StringBuilder names = new StringBuilder();
    for (String name : headers.keySet()) {
      if (!name.startsWith("x-oss-")
          && !name.equals("content-type")
          && !name.equals("content-md5")) {
        names.append(names.isEmpty() ? "" : ";").append(name);
      }
    }
    return names.toString();
  }

  private static String hexadecimal(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
