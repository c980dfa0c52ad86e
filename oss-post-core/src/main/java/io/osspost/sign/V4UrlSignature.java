package io.osspost.sign;

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
  /** The state of a MAC under the signing key of one day. */
  private record KeyOfTheDay(OssCredentials credentials, String day, Hmac mac) {}

  private final OssBucket bucket;
  private volatile @Nullable KeyOfTheDay held;

  V4UrlSignature(OssBucket bucket) {
    this.bucket = bucket;
  }

  @Override
  public String query(
      ObjectRequest request, OssCredentials credentials, Instant start, Instant end) {
    String date = UtcTime.basic(start);
    CredentialScope scope = new CredentialScope(date.substring(0, 8), bucket.region());
    SortedMap<String, String> headers = lowerCased(request.headers());
    String additional = additionalNames(headers);

    SortedMap<String, String> parameters = new TreeMap<>();
    request.query().forEach((name, value) -> put(parameters, name, value));
    put(parameters, "x-oss-signature-version", CredentialScope.VERSION);
    put(parameters, "x-oss-credential", credentials.accessKeyId() + "/" + scope);
    put(parameters, "x-oss-date", date);
    put(parameters, "x-oss-expires", Long.toString(end.getEpochSecond() - start.getEpochSecond()));
    if (!additional.isEmpty()) {
      put(parameters, "x-oss-additional-headers", additional);
    }
    credentials.securityToken().ifPresent(token -> put(parameters, "x-oss-security-token", token));

    String query = canonicalQuery(parameters);
    String canonicalRequest = canonicalRequest(request, query, headers, additional);
    String stringToSign =
        CredentialScope.VERSION
            + "\n"
            + date
            + "\n"
            + scope
            + "\n"
            + HexFormat.of().formatHex(Digests.sha256(canonicalRequest.getBytes(UTF_8)));
    byte[] mac = keyed(credentials, scope).update(stringToSign.getBytes(UTF_8)).finish();
    return query + "&x-oss-signature=" + HexFormat.of().formatHex(mac);
  }

  private String canonicalRequest(
      ObjectRequest request, String query, Map<String, String> headers, String additional) {
    StringBuilder text = new StringBuilder(512);
    text.append(request.method()).append('\n');
    text.append('/').append(bucket.name()).append('/').append(request.encodedKey()).append('\n');
    text.append(query).append('\n');
    headers.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    text.append('\n');
    text.append(additional).append('\n');
    return text.append("UNSIGNED-PAYLOAD").toString();
  }

  private static String canonicalQuery(SortedMap<String, String> parameters) {
    StringBuilder text = new StringBuilder(512);
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

  private Hmac keyed(OssCredentials credentials, CredentialScope scope) {
    KeyOfTheDay key = held;
    // The same instance is the same keys: that is what providers promise.
    if (key == null || key.credentials != credentials || !key.day.equals(scope.day())) {
      byte[] signingKey = SigningKey.derive(credentials.accessKeySecret(), scope);
      key = new KeyOfTheDay(credentials, scope.day(), Hmac.sha256(signingKey));
      held = key;
    }
    return key.mac.copy();
  }
}
