package io.osspost.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.callback.CallbackRefusedException.Reason;
import io.osspost.wire.PercentEncoding;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Verifies that OSS sent a callback: an RSA signature over the decoded path, the raw query, and the
 * raw body. Thread-safe; create one instance and reuse it.
 *
 * <p>The signature has no date, so a recorded callback remains valid forever, and OSS's key has
 * only 512 bits. Use {@link UploadCallbacks}, which also requires a ticket, instead of this class
 * alone.
 */
public final class CallbackVerifier {
  private static final int MAX_SIGNATURE_CHARS = 2048;
  private static final int MAX_CANDIDATE_SEGMENTS = 4;
  private static final byte[] LINE_FEED = {'\n'};

  private final CallbackKeys keys;

  /** The paths that OSS may have signed; empty for the path of the request. */
  private final List<String> publicPaths;

  private CallbackVerifier(CallbackKeys keys, List<String> publicPaths) {
    this.keys = keys;
    this.publicPaths = publicPaths;
  }

  /** {@return a builder of verifiers, which by default trust the key that OSS publishes} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return the body of {@code request}, if OSS signed all of the request}
   *
   * @param request the callback, with path, query and body as received
   * @throws CallbackRefusedException if the signature does not match. If a common change by a proxy
   *     explains the difference, the message names that change
   */
  public byte[] verify(CallbackRequest request) {
    if (!request.method().equals("POST")) {
      throw new CallbackRefusedException(
          Reason.NOT_POST, "OSS only calls back with POST.", "Ignore requests of other methods.");
    }
    byte[] body = body(request);
    if (body.length > CallbackRequest.MAX_BODY_BYTES) {
      throw new CallbackRefusedException(
          Reason.BODY_TOO_LARGE,
          "The body has more than " + CallbackRequest.MAX_BODY_BYTES + " bytes.",
          "Shorten the callback's variables.");
    }
    byte[] signature = signature(request);
    List<RsaKey> trusted = keys.trustedFor(request);
    String query = request.rawQuery().map(raw -> "?" + raw).orElse("");
    List<String> paths = publicPaths.isEmpty() ? List.of(request.rawPath()) : publicPaths;
    for (String path : paths) {
      byte[] decoded = decodedPath(path);
      if (anyVerifies(trusted, signature, decoded, query.getBytes(UTF_8), LINE_FEED, body)) {
        return body;
      }
    }
    throw wrongSignature(request, trusted, signature, body);
  }

  private static boolean anyVerifies(List<RsaKey> keys, byte[] signature, byte[]... parts) {
    return keys.stream().anyMatch(key -> key.verifies(signature, parts));
  }

  private static byte[] body(CallbackRequest request) {
    try {
      return request.body();
    } catch (UncheckedIOException e) {
      throw new CallbackRefusedException(
          Reason.BODY_MALFORMED,
          "The body is incomplete, or does not match its headers.",
          "Check that every proxy in front of this application forwards complete requests.");
    }
  }

  private static byte[] signature(CallbackRequest request) {
    String header =
        request
            .header("Authorization")
            .filter(value -> !value.isBlank())
            .orElseThrow(
                () ->
                    new CallbackRefusedException(
                        Reason.SIGNATURE_MISSING,
                        "The callback has no header Authorization.",
                        "OSS always sends it; look for a proxy that removes it."));
    try {
      if (header.length() > MAX_SIGNATURE_CHARS) {
        throw new IllegalArgumentException("Too long");
      }
      return Base64.getDecoder().decode(header.getBytes(UTF_8));
    } catch (IllegalArgumentException e) {
      throw new CallbackRefusedException(
          Reason.SIGNATURE_MALFORMED,
          "The header Authorization is not a signature in Base64.",
          "OSS always sends one; look for a proxy or a login filter that replaces it.");
    }
  }

  private static byte[] decodedPath(String path) {
    try {
      return PercentEncoding.decode(path);
    } catch (IllegalArgumentException e) {
      throw new CallbackRefusedException(
          Reason.PATH_MALFORMED,
          "The path cannot be decoded: " + e.getMessage() + ".",
          "Pass the path as received.");
    }
  }

  /**
   * Undoes common changes by proxies and frameworks. If the signature then matches, the message
   * names that change.
   */
  private CallbackRefusedException wrongSignature(
      CallbackRequest request, List<RsaKey> trusted, byte[] signature, byte[] body) {
    String fact = "The signature does not match this path, query and body.";
    for (Map.Entry<String, byte[]> candidate : candidates(request).entrySet()) {
      if (anyVerifies(trusted, signature, candidate.getValue(), LINE_FEED, body)) {
        return new CallbackRefusedException(
            Reason.SIGNATURE_WRONG,
            fact + " It would match if " + candidate.getKey() + ".",
            "Configure the path of the callback URL as the public path, and pass on path and "
                + "query as received.");
      }
    }
    return new CallbackRefusedException(
        Reason.SIGNATURE_WRONG,
        fact,
        "If OSS sent it, a proxy may have changed path, query or body. Configure the path of "
            + "the callback URL as the public path, and check that no filter reads the body as "
            + "parameters first.");
  }

  /** Returns texts that OSS may have signed in place of path and query, by the change in words. */
  private Map<String, byte[]> candidates(CallbackRequest request) {
    Map<String, String> paths = new LinkedHashMap<>();
    String path = request.rawPath();
    if (!publicPaths.isEmpty()) {
      paths.put("the path were the received one", path);
    }
    request
        .header("X-Forwarded-Prefix")
        .filter(prefix -> prefix.length() <= 200)
        .ifPresent(prefix -> paths.put("the path began with X-Forwarded-Prefix", prefix + path));
    String rest = path;
    for (int i = 1; i <= MAX_CANDIDATE_SEGMENTS && rest.indexOf('/', 1) > 0; i++) {
      rest = rest.substring(rest.indexOf('/', 1));
      paths.put("the path lacked its first " + (i == 1 ? "part" : i + " parts"), rest);
    }
    String base = publicPaths.isEmpty() ? path : publicPaths.get(0);
    Map<String, byte[]> candidates = new LinkedHashMap<>();
    String query = request.rawQuery().map(raw -> "?" + raw).orElse("");
    candidates.put("the path were not decoded", (base + query).getBytes(UTF_8));
    candidates.put(
        "a '+' in the path were a space",
        join(decodedOrRaw(base.replace('+', ' ')), query.getBytes(UTF_8)));
    candidates.put("there were no query", decodedOrRaw(base));
    candidates.put("the query were decoded", join(decodedOrRaw(base), decodedOrRaw(query)));
    paths.forEach(
        (name, other) -> candidates.put(name, join(decodedOrRaw(other), query.getBytes(UTF_8))));
    return candidates;
  }

  private static byte[] decodedOrRaw(String text) {
    try {
      return PercentEncoding.decode(text);
    } catch (IllegalArgumentException e) {
      return text.getBytes(UTF_8);
    }
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = new byte[first.length + second.length];
    System.arraycopy(first, 0, joined, 0, first.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  /** Collects the keys and the public path of a verifier. Not thread-safe. */
  public static final class Builder {
    private CallbackKeys keys = CallbackKeys.published();
    private List<String> publicPaths = List.of();

    private Builder() {}

    /**
     * Sets the trusted keys. The key that a callback names is then ignored. This is for private
     * clouds, for emulators, and while OSS replaces its key. Defaults to the key that OSS
     * publishes, which this library contains.
     *
     * @param pem one or more RSA public keys in PEM form, one after the other; a single key may be
     *     Base64 alone, without the lines before and after it
     * @return this builder
     * @throws IllegalArgumentException if one of them is not an RSA public key
     */
    public Builder publicKeys(String pem) {
      this.keys = CallbackKeys.ofPem(pem);
      return this;
    }

    /**
     * Sets the path in the callback URL, if a proxy forwards requests under another path. Defaults
     * to the path of the request.
     *
     * @param path as it is written in the URL, such as {@code /app/oss_upload_callback}
     * @return this builder
     * @throws IllegalArgumentException if {@code path} is not an encoded path
     */
    public Builder publicPath(String path) {
      return publicPaths(List.of(path));
    }

    /**
     * Sets the paths of several callback URLs, one of which OSS signs. Defaults to the path of the
     * request.
     *
     * @param paths each as for {@link #publicPath}
     * @return this builder
     * @throws IllegalArgumentException if one of them is not an encoded path
     */
    public Builder publicPaths(List<String> paths) {
      paths.forEach(Builder::requirePath);
      this.publicPaths = List.copyOf(paths);
      return this;
    }

    private static void requirePath(String path) {
      if (!path.startsWith("/") || !path.matches("[!-~]+") || path.matches(".*[?#].*")) {
        throw new IllegalArgumentException(
            "'"
                + path
                + "' is not a path. Write the part of the callback URL between host and query,"
                + " like '/app/oss_upload_callback'.");
      }
      PercentEncoding.decode(path);
    }

    /** {@return the verifier} */
    public CallbackVerifier build() {
      return new CallbackVerifier(keys, publicPaths);
    }
  }
}
