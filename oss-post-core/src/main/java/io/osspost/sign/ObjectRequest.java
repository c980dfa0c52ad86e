package io.osspost.sign;

import io.osspost.object.ObjectKey;
import io.osspost.wire.AsciiSet;
import io.osspost.wire.PercentEncoding;
import io.osspost.wire.Surrogates;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The one request that a presigned URL permits. Immutable and thread-safe.
 *
 * <p>All headers added here are pinned: the client must send each of them exactly as written, and
 * no other {@code Content-Type}, {@code Content-MD5} or {@code x-oss-} header.
 */
public final class ObjectRequest {
  private static final int MAX_PARTS = 10_000;

  private static final AsciiSet HEADER_NAME = AsciiSet.of(AsciiSet.ALPHANUMERIC + "-");

  /** Headers that only the signer or the HTTP library writes. */
  private static final Set<String> OTHERS_HEADERS =
      Set.of(
          "authorization",
          "date",
          "host",
          "security-token",
          "x-oss-content-sha256",
          "x-oss-date",
          "x-oss-security-token");

  /** Parameters that only the signer writes. */
  private static final Set<String> SIGNERS_PARAMETERS =
      Set.of(
          "Expires",
          "OSSAccessKeyId",
          "Signature",
          "security-token",
          "x-oss-additional-headers",
          "x-oss-credential",
          "x-oss-date",
          "x-oss-expires",
          "x-oss-security-token",
          "x-oss-signature",
          "x-oss-signature-version");

  private final String method;
  private final ObjectKey key;
  private final String encodedKey;
  private final Map<String, String> headers;
  private final Map<String, String> query;

  private ObjectRequest(
      String method,
      ObjectKey key,
      String encodedKey,
      Map<String, String> headers,
      Map<String, String> query) {
    this.method = method;
    this.key = key;
    this.encodedKey = encodedKey;
    this.headers = headers;
    this.query = query;
  }

  /**
   * Returns an upload of the whole object. A presigned upload limits key, type and headers, but not
   * the size, except with a V4 signature over the header {@code Content-Length}.
   *
   * @param key the object to write
   * @return a {@code PUT} without headers
   */
  public static ObjectRequest put(ObjectKey key) {
    return of("PUT", key);
  }

  /**
   * {@return a {@code GET} that downloads the object}
   *
   * @param key the object to read
   */
  public static ObjectRequest get(ObjectKey key) {
    return of("GET", key);
  }

  /**
   * {@return a {@code HEAD} that reads the object's headers}
   *
   * @param key the object to look at
   */
  public static ObjectRequest head(ObjectKey key) {
    return of("HEAD", key);
  }

  /**
   * Returns the start of an upload in parts, which OSS answers with the upload id. Headers for the
   * object belong here.
   *
   * @param key the object to write
   * @return a {@code POST} without headers
   */
  public static ObjectRequest initiateMultipart(ObjectKey key) {
    return of("POST", key).query("uploads", "");
  }

  /**
   * Returns the upload of one part.
   *
   * @param key the object being written
   * @param uploadId the id from the start of the upload; not blank
   * @param partNumber 1 to 10000
   * @return a {@code PUT} of that part
   * @throws IllegalArgumentException if the part number is outside that range, or the id is blank
   */
  public static ObjectRequest uploadPart(ObjectKey key, String uploadId, int partNumber) {
    if (partNumber < 1 || partNumber > MAX_PARTS) {
      throw new IllegalArgumentException(
          "OSS numbers parts from 1 to " + MAX_PARTS + ", but this one is " + partNumber + ".");
    }
    return ofUpload("PUT", key, uploadId).query("partNumber", Integer.toString(partNumber));
  }

  /**
   * Returns the completion of an upload, which joins the parts into the object. The client lists
   * them in the body.
   *
   * @param key the object being written
   * @param uploadId the id from the start of the upload; not blank
   * @return a {@code POST} without headers
   */
  public static ObjectRequest completeMultipart(ObjectKey key, String uploadId) {
    return ofUpload("POST", key, uploadId);
  }

  /**
   * Returns a list of the parts that are stored.
   *
   * @param key the object being written
   * @param uploadId the id from the start of the upload; not blank
   * @param after the number of the last part that is known already; 0 for the first page
   * @return a {@code GET} of at most 1000 parts
   */
  public static ObjectRequest listParts(ObjectKey key, String uploadId, int after) {
    ObjectRequest first = ofUpload("GET", key, uploadId);
    return after == 0 ? first : first.query("part-number-marker", Integer.toString(after));
  }

  /**
   * Returns the end of an upload that discards its parts.
   *
   * @param key the object that was being written
   * @param uploadId the id from the start of the upload; not blank
   * @return a {@code DELETE} without headers
   */
  public static ObjectRequest abortMultipart(ObjectKey key, String uploadId) {
    return ofUpload("DELETE", key, uploadId);
  }

  /**
   * {@return this request with a {@code Content-Type} that the client must send} Without it the
   * client must send none; browsers do send one for a file with a type.
   *
   * @param mediaType such as {@code image/png}; not blank, and set once
   */
  public ObjectRequest contentType(String mediaType) {
    if (mediaType.isBlank()) {
      throw new IllegalArgumentException(
          "The content type is blank. Omit it or write one like 'image/png'.");
    }
    return header("Content-Type", mediaType);
  }

  /**
   * {@return this request with a header that the client must send} V1 signatures cover {@code
   * Content-Type}, {@code Content-MD5} and names that begin with {@code x-oss-}; V4 covers all.
   *
   * @param name letters, digits and hyphens; in any case, but once per request
   * @param value ASCII on one line; white space around it is dropped, as in HTTP
   * @throws IllegalArgumentException if the header cannot be signed, exists already, or is written
   *     by the signer or the HTTP client
   */
  public ObjectRequest header(String name, String value) {
    requireHeaderName(name);
    requireHeaderValue(name, value);
    for (String present : headers.keySet()) {
      if (present.equalsIgnoreCase(name)) {
        throw new IllegalArgumentException(
            "Header '" + name + "' is already in the request. Set it once.");
      }
    }
    return new ObjectRequest(method, key, encodedKey, with(headers, name, value.strip()), query);
  }

  /**
   * {@return this request with a query parameter, such as {@code response-content-disposition} or
   * {@code x-oss-process}} V4 signatures cover all of them. V1 covers the ones that OSS calls
   * sub-resources; the client can change others.
   *
   * @param name the parameter's name, not encoded; once per request
   * @param value not encoded; may be empty, as that of {@code uploads} is
   * @throws IllegalArgumentException if the name is empty or exists already, a text contains an
   *     unpaired surrogate, or the signer writes the parameter
   */
  public ObjectRequest query(String name, String value) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "A query parameter has no name. Write one like 'response-content-type'.");
    }
    if (SIGNERS_PARAMETERS.contains(name)) {
      throw new IllegalArgumentException(
          "Query parameter '" + name + "' belongs to the signature. Leave it to the signer.");
    }
    requireUtf8(name, name);
    requireUtf8(name, value);
    if (query.containsKey(name)) {
      throw new IllegalArgumentException(
          "Query parameter '" + name + "' is already in the request. Set it once.");
    }
    return new ObjectRequest(method, key, encodedKey, headers, with(query, name, value));
  }

  /** {@return the HTTP method, in upper case} */
  public String method() {
    return method;
  }

  /** {@return the request's object} */
  public ObjectKey key() {
    return key;
  }

  /** {@return the headers that the client must send, as they were set, in that order} */
  public Map<String, String> headers() {
    return headers;
  }

  /**
   * {@return the query parameters without those of the signature, not encoded, in the order set}
   */
  public Map<String, String> query() {
    return query;
  }

  /** The key as it appears in a signed path. */
  String encodedKey() {
    return encodedKey;
  }

  /** Returns method and key only, because the rest may contain user input. */
  @Override
  public String toString() {
    return "ObjectRequest[" + method + " " + encodedKey + "]";
  }

  private static ObjectRequest of(String method, ObjectKey key) {
    return new ObjectRequest(method, key, PercentEncoding.path(key.value()), Map.of(), Map.of());
  }

  private static ObjectRequest ofUpload(String method, ObjectKey key, String uploadId) {
    if (uploadId.isBlank()) {
      throw new IllegalArgumentException(
          "The upload id is blank. Pass the id from the start of the upload.");
    }
    return of(method, key).query("uploadId", uploadId);
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    if (map.isEmpty()) {
      return Map.of(name, value);
    }
    Map<String, String> copy = new LinkedHashMap<>(map);
    copy.put(name, value);
    return Collections.unmodifiableMap(copy);
  }

  private static void requireHeaderName(String name) {
    if (name.isEmpty() || !HEADER_NAME.hasAll(name)) {
      throw new IllegalArgumentException(
          "A header with this name cannot be signed. Write letters, digits and hyphens, like "
              + "'x-oss-meta-author'.");
    }
    if (OTHERS_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "Header '" + name + "' is set by the signer or the HTTP client. Remove it.");
    }
  }

  private static void requireHeaderValue(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == 0x7F) {
        throw new IllegalArgumentException(
            "The value of header '"
                + name
                + "' has a line break or another control character at position "
                + i
                + ". Remove it.");
      }
      if (c > 0x7F) {
        throw new IllegalArgumentException(
            "The value of header '"
                + name
                + "' is not ASCII at position "
                + i
                + ", and HTTP clients encode such text differently. Percent-encode it.");
      }
    }
  }

  private static void requireUtf8(String name, String text) {
    if (Surrogates.anyLone(text)) {
      throw new IllegalArgumentException(
          "Query parameter '"
              + name
              + "' contains an unpaired surrogate, which UTF-8 cannot encode. Cut texts between "
              + "characters.");
    }
  }
}
