package io.osspost.callback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.callback.CallbackRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public keys that verify callbacks: the key that OSS publishes, or the ones that the operator
 * configures. Immutable.
 */
final class CallbackKeys {
  private static final String PUBLISHED_PATH = "/callback_pub_key_v1.pem";
  private static final String HOST = "gosspublic.alicdn.com";

  /** The whole address, without user, port, query, escapes, dot segments or other spellings. */
  private static final Pattern ADDRESS =
      Pattern.compile("https?://gosspublic\\.alicdn\\.com((?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+)");

  private static final Pattern PEM_END = Pattern.compile("(?<=-----END PUBLIC KEY-----)");
  private static final int MAX_HEADER_CHARS = 1024;

  private final List<RsaKey> keys;

  /** The path of the only key that a callback may name; empty if any is allowed. */
  private final Optional<String> path;

  private CallbackKeys(List<RsaKey> keys, Optional<String> path) {
    this.keys = keys;
    this.path = path;
  }

  /** Returns the key that OSS publishes, for callbacks that name it. */
  static CallbackKeys published() {
    return new CallbackKeys(List.of(bundled()), Optional.of(PUBLISHED_PATH));
  }

  /**
   * Returns the keys in {@code pem}, for all callbacks.
   *
   * @throws IllegalArgumentException if one of them is not an RSA public key
   */
  static CallbackKeys ofPem(String pem) {
    List<RsaKey> keys = new ArrayList<>();
    // In an environment variable, line breaks are often written as backslash and n.
    for (String block : PEM_END.split(pem.replace("\\r", "").replace("\\n", "\n"), -1)) {
      if (keys.isEmpty() || !block.isBlank()) {
        keys.add(RsaKey.parse(block));
      }
    }
    return new CallbackKeys(List.copyOf(keys), Optional.empty());
  }

  /**
   * Returns the keys for {@code request}, of which one must have signed it.
   *
   * @throws CallbackRefusedException if the request names another key
   */
  List<RsaKey> trustedFor(CallbackRequest request) {
    if (path.isPresent() && !path.get().equals(publishedPath(request))) {
      throw new CallbackRefusedException(
          Reason.KEY_UNKNOWN,
          "The callback is signed with another key of OSS: https://"
              + HOST
              + publishedPath(request)
              + ".",
          "Download that key, verify its origin, and set callback.public-key to it.");
    }
    return keys;
  }

  private static String publishedPath(CallbackRequest request) {
    String header =
        request
            .header("x-oss-pub-key-url")
            .orElseThrow(
                () ->
                    new CallbackRefusedException(
                        Reason.KEY_URL_MISSING,
                        "The callback has no header x-oss-pub-key-url.",
                        "OSS always sends it; look for a proxy that removes it."));
    Matcher address = ADDRESS.matcher(decode(header));
    if (!address.matches()) {
      throw new CallbackRefusedException(
          Reason.KEY_URL_FOREIGN,
          "The callback names a key that is not at " + HOST + ", where OSS publishes its keys.",
          "If your cloud has its own key, set callback.public-key to it.");
    }
    return address.group(1);
  }

  private static String decode(String header) {
    try {
      if (header.length() > MAX_HEADER_CHARS) {
        throw new IllegalArgumentException("Too long");
      }
      return new String(Base64.getDecoder().decode(header.getBytes(UTF_8)), US_ASCII);
    } catch (IllegalArgumentException e) {
      throw new CallbackRefusedException(
          Reason.KEY_URL_MALFORMED,
          "The header x-oss-pub-key-url is not a text in Base64 with at most "
              + MAX_HEADER_CHARS
              + " characters.",
          "OSS sends such a text; look for a proxy that changes it.");
    }
  }

  private static RsaKey bundled() {
    try (InputStream pem = CallbackKeys.class.getResourceAsStream("callback_pub_key_v1.pem")) {
      return RsaKey.parse(new String(Objects.requireNonNull(pem).readAllBytes(), US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
