package io.osspost.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.credentials.OssCredentials;
import io.osspost.object.OssBucket;
import io.osspost.wire.Hmac;
import io.osspost.wire.PercentEncoding;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The V1 signature in a URL, over the unencoded resource. Source: OSS documentation, "Add
 * signatures to a URL".
 */
final class V1UrlSignature implements UrlSignature {
  private final OssBucket bucket;

  V1UrlSignature(OssBucket bucket) {
    this.bucket = bucket;
  }

  @Override
  public byte[] url(
      String resource,
      ObjectRequest request,
      OssCredentials credentials,
      Instant start,
      Instant end) {
    String expires = Long.toString(end.getEpochSecond());
    Map<String, String> parameters = new LinkedHashMap<>(request.query());
    credentials.securityToken().ifPresent(token -> parameters.put("security-token", token));
    String stringToSign = beforeResource(request, expires) + canonicalResource(request, parameters);
    byte[] secret = credentials.accessKeySecret().getBytes(UTF_8);
    byte[] mac = Hmac.sha1(secret).update(stringToSign).finish();

    parameters.put("OSSAccessKeyId", credentials.accessKeyId());
    parameters.put("Expires", expires);
    parameters.put("Signature", Base64.getEncoder().encodeToString(mac));
    StringBuilder query = new StringBuilder(256);
    parameters.forEach(
        (name, value) ->
            append(query, PercentEncoding.component(name), PercentEncoding.component(value)));
    return (resource + "?" + query).getBytes(US_ASCII);
  }

  private static String beforeResource(ObjectRequest request, String expires) {
    String contentMd5 = "";
    String contentType = "";
    SortedMap<String, String> ossHeaders = new TreeMap<>();
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.equals("content-md5")) {
        contentMd5 = header.getValue();
      } else if (name.equals("content-type")) {
        contentType = header.getValue();
      } else if (name.startsWith("x-oss-")) {
        ossHeaders.put(name, header.getValue());
      } else {
        throw new IllegalArgumentException(
            "V1 signatures do not cover header '"
                + header.getKey()
                + "', so the client could send another value. Sign with V4, or remove it.");
      }
    }
    StringBuilder text = new StringBuilder(256);
    text.append(request.method()).append('\n');
    text.append(contentMd5).append('\n');
    text.append(contentType).append('\n');
    text.append(expires).append('\n');
    ossHeaders.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    return text.toString();
  }

  private String canonicalResource(ObjectRequest request, Map<String, String> parameters) {
    SortedMap<String, String> subResources = new TreeMap<>();
    parameters.forEach(
        (name, value) -> {
          if (SubResources.contains(name)) {
            SubResources.requireNoneIn(value, "the value of '" + name + "'");
            subResources.put(name, value);
          }
        });
    SubResources.requireNoneIn(request.key().value(), "the object key");
    StringBuilder query = new StringBuilder();
    subResources.forEach((name, value) -> append(query, name, value));
    String resource = "/" + bucket.name() + "/" + request.key();
    return query.isEmpty() ? resource : resource + "?" + query;
  }

  private static void append(StringBuilder query, String name, String value) {
    query.append(query.isEmpty() ? "" : "&").append(name);
    if (!value.isEmpty()) {
      query.append('=').append(value);
    }
  }
}
