package io.osspost.sign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.credentials.OssCredentials;
import io.osspost.object.OssBucket;
import io.osspost.wire.Digests;
import io.osspost.wire.Hmac;
import io.osspost.wire.PercentEncoding;
import io.osspost.wire.UtcTime;
import io.osspost.wire.Utf8Text;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The V4 signature in a URL. The signed query is the sent query without the signature at its end.
 * Source: OSS documentation, "V4 signatures in presigned URLs".
 */
final class V4UrlSignature implements UrlSignature {
  private static final String EXPIRES = "x-oss-expires";
  private static final String SIGNATURE = "&x-oss-signature=";

  /** The first known parameter of the signature. */
  private static final String FIRST = "x-oss-credential";

  private static final int HASH_CHARS = 64;

  /** The common parts of all URLs of one second. */
  private static final class Common {
    final OssCredentials credentials;
    final Instant start;
    final CredentialScope scope;

    /** The state of a MAC with the signing key of the day. */
    final Hmac keyed;

    /** The same MAC after the start of the string to sign, up to the hash of the request. */
    final Hmac begun;

    /** The known parameters of the signature, encoded. */
    final SortedMap<String, String> parameters = new TreeMap<>();

    /** The query of a request without parameters of its own, before and after the lifetime. */
    final byte[] beforeLifetime;

    final byte[] afterLifetime;

    Common(OssCredentials credentials, Instant start, CredentialScope scope, Hmac keyed) {
      String date = UtcTime.basic(start);
      this.credentials = credentials;
      this.start = start;
      this.scope = scope;
      this.keyed = keyed;
      this.begun = keyed.copy().update(CredentialScope.VERSION + "\n" + date + "\n" + scope + "\n");
      put(parameters, "x-oss-signature-version", CredentialScope.VERSION);
      put(parameters, FIRST, credentials.accessKeyId() + "/" + scope);
      put(parameters, "x-oss-date", date);
      credentials
          .securityToken()
          .ifPresent(token -> put(parameters, "x-oss-security-token", token));
      String before = canonicalQuery(parameters.headMap(EXPIRES)) + "&" + EXPIRES + "=";
      this.beforeLifetime = before.getBytes(UTF_8);
      this.afterLifetime = ("&" + canonicalQuery(parameters.tailMap(EXPIRES))).getBytes(UTF_8);
    }

    /** Returns the length of a URL without parameters of its own. */
    int length(String resource, String lifetime) {
      int query = beforeLifetime.length + lifetime.length() + afterLifetime.length;
      return resource.length() + 1 + query + SIGNATURE.length() + HASH_CHARS;
    }
  }

  private final OssBucket bucket;
  private volatile @Nullable Common cached;

  V4UrlSignature(OssBucket bucket) {
    this.bucket = bucket;
  }

  @Override
  public byte[] url(
      String resource,
      ObjectRequest request,
      OssCredentials credentials,
      Instant start,
      Instant end) {
    Common common = common(credentials, start);
    SortedMap<String, String> headers = lowerCased(request.headers());
    String additional = additionalNames(headers);
    String lifetime = Long.toString(end.getEpochSecond() - start.getEpochSecond());

    SortedMap<String, String> own = ownParameters(request, additional);
    String beginning = own.isEmpty() ? "" : canonicalQuery(own) + "&";
    Utf8Text url = new Utf8Text(common.length(resource, lifetime) + beginning.length());
    url.append(resource).append('?');
    int query = url.length();
    if (own.isEmpty() || own.lastKey().compareTo(FIRST) < 0) {
      url.append(beginning);
      url.append(common.beforeLifetime).append(lifetime).append(common.afterLifetime);
    } else {
      own.putAll(common.parameters);
      own.put(EXPIRES, lifetime);
      url.append(canonicalQuery(own));
    }

    MessageDigest hash = Digests.sha256();
    hash.update(beforeQuery(request).getBytes(UTF_8));
    url.updateInto(hash, query);
    hash.update(afterQuery(headers, additional).getBytes(UTF_8));
    byte[] mac = common.begun.copy().update(hexadecimal(hash.digest())).finish();
    return url.append(SIGNATURE).appendHex(mac).toBytes();
  }

  private Common common(OssCredentials credentials, Instant start) {
    Common last = cached;
    // Providers return the same instance while the credentials are unchanged.
    if (last == null || last.credentials != credentials || !last.start.equals(start)) {
      last = common(credentials, start, last);
      cached = last;
    }
    return last;
  }

  private Common common(OssCredentials credentials, Instant start, @Nullable Common last) {
    CredentialScope scope = CredentialScope.at(start, bucket.region());
    Hmac keyed =
        last != null && last.credentials == credentials && last.scope.equals(scope)
            ? last.keyed
            : Hmac.sha256(SigningKey.derive(credentials.accessKeySecret(), scope));
    return new Common(credentials, start, scope, keyed);
  }

  /** Returns the parameters that the common part does not contain, encoded. */
  private static SortedMap<String, String> ownParameters(ObjectRequest request, String additional) {
    SortedMap<String, String> own = new TreeMap<>();
    request.query().forEach((name, value) -> put(own, name, value));
    if (!additional.isEmpty()) {
      put(own, "x-oss-additional-headers", additional);
    }
    return own;
  }

  private String beforeQuery(ObjectRequest request) {
    return request.method() + "\n/" + bucket.name() + "/" + request.encodedKey() + "\n";
  }

  private static String afterQuery(Map<String, String> headers, String additional) {
    StringBuilder text = new StringBuilder(128).append('\n');
    headers.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    return text.append('\n').append(additional).append("\nUNSIGNED-PAYLOAD").toString();
  }

  private static String canonicalQuery(SortedMap<String, String> parameters) {
    StringBuilder text = new StringBuilder(128);
    parameters.forEach(
        (name, value) -> {
          text.append(text.isEmpty() ? "" : "&").append(name);
          if (!value.isEmpty()) {
            text.append('=').append(value);
          }
        });
    return text.toString();
  }

  /** Parameters are encoded before they are sorted, because OSS signs them in that order. */
  private static void put(Map<String, String> parameters, String name, String value) {
    parameters.put(PercentEncoding.component(name), PercentEncoding.component(value));
  }

  private static SortedMap<String, String> lowerCased(Map<String, String> headers) {
    SortedMap<String, String> sorted = new TreeMap<>();
    headers.forEach((name, value) -> sorted.put(name.toLowerCase(Locale.ROOT), value));
    return sorted;
  }

  /** OSS always signs its own headers and two more. All others must be listed in the URL. */
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

  private static byte[] hexadecimal(byte[] bytes) {
    return new Utf8Text(HASH_CHARS).appendHex(bytes).toBytes();
  }
}
