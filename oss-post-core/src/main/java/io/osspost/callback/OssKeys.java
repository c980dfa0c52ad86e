package io.osspost.callback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.callback.CallbackRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys OSS publishes: the one that comes with this library, and, when the operator allows it,
 * others from the one host OSS documents. A key is fetched over HTTPS even where OSS names it with
 * {@code http}, kept for good because a new key gets a new address, and never asked for from
 * anywhere else.
 */
final class OssKeys implements KeySource {
  private static final String BUNDLED = "/callback_pub_key_v1.pem";
  private static final String HOST = "gosspublic.alicdn.com";

  /** The whole address, to the letter: no user, port, query, escape, dot segment or other case. */
  private static final Pattern ADDRESS =
      Pattern.compile("https?://gosspublic\\.alicdn\\.com((?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+)");

  private static final int MAX_HEADER_CHARS = 1024;
  private static final int MAX_KEPT = 16;
  private static final int MAX_FETCHES_PER_MINUTE = 10;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final Map<String, RsaKey> byPath = new ConcurrentHashMap<>();

  /** Paths whose fetch failed, and when, under the lock of the one fetch. */
  private final Map<String, Long> failedPaths =
      new LinkedHashMap<>(16, 0.75f) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX_KEPT;
        }
      };

  private final Optional<KeyFetcher> fetcher;
  private final LongSupplier nanoTime;
  private final Semaphore oneAtATime = new Semaphore(1);
  private long minuteBegan;
  private int fetchesOfMinute;

  private OssKeys(@Nullable KeyFetcher fetcher, LongSupplier nanoTime) {
    this.fetcher = Optional.ofNullable(fetcher);
    this.nanoTime = nanoTime;
    this.minuteBegan = nanoTime.getAsLong();
    byPath.put(BUNDLED, bundled());
  }

  /** The bundled key and no other. */
  static OssKeys bundledOnly() {
    return new OssKeys(null, System::nanoTime);
  }

  /** The bundled key, and what {@code fetcher} gets from OSS's host. */
  static OssKeys fetching(KeyFetcher fetcher, LongSupplier nanoTime) {
    return new OssKeys(fetcher, nanoTime);
  }

  @Override
  public RsaKey keyOf(CallbackRequest request) {
    String path = publishedPath(request);
    RsaKey known = byPath.get(path);
    return known != null ? known : fetch(path);
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
          "The callback names a key that is not at " + HOST + ", where OSS publishes its own.",
          "If your cloud has a key of its own, configure that key.");
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
          "The header x-oss-pub-key-url is not a Base64 text of at most "
              + MAX_HEADER_CHARS
              + " characters.",
          "OSS sends such a text; look for a proxy that changes it.");
    }
  }

  private RsaKey fetch(String path) {
    URI url = URI.create("https://" + HOST + path);
    KeyFetcher allowed =
        fetcher.orElseThrow(
            () ->
                new CallbackRefusedException(
                    Reason.KEY_UNKNOWN,
                    "The callback is signed with the key at " + url + ", which is not bundled.",
                    "If OSS has changed its key, allow keys to be fetched, or pin the new one."));
    if (!oneAtATime.tryAcquire()) {
      throw unavailable(url, "another fetch is under way", null);
    }
    try {
      RsaKey meanwhile = byPath.get(path);
      if (meanwhile != null) {
        return meanwhile;
      }
      Long failedAt = failedPaths.get(path);
      if (failedAt != null && nanoTime.getAsLong() - failedAt < MINUTE_NANOS) {
        throw unavailable(url, "the last fetch failed less than a minute ago", null);
      }
      if (!mayFetchNow()) {
        throw unavailable(url, "there were too many fetches in the last minute", null);
      }
      RsaKey key = RsaKey.parse(allowed.fetch(url));
      if (byPath.size() < MAX_KEPT) {
        byPath.put(path, key);
      }
      return key;
    } catch (IOException | IllegalArgumentException e) {
      failedPaths.put(path, nanoTime.getAsLong());
      throw unavailable(url, "the fetch failed", e);
    } finally {
      oneAtATime.release();
    }
  }

  /** Anyone can name paths of OSS's host that hold no key; this bounds what that costs. */
  private boolean mayFetchNow() {
    long now = nanoTime.getAsLong();
    if (now - minuteBegan > MINUTE_NANOS) {
      minuteBegan = now;
      fetchesOfMinute = 0;
    }
    return fetchesOfMinute++ < MAX_FETCHES_PER_MINUTE;
  }

  private static CallbackRefusedException unavailable(
      URI url, String why, @Nullable Throwable cause) {
    String fact = "The key at " + url + " was not fetched: " + why + ".";
    String fix = "See that this server reaches that address, or pin the key.";
    return cause == null
        ? new CallbackRefusedException(Reason.KEY_UNAVAILABLE, fact, fix)
        : new CallbackRefusedException(Reason.KEY_UNAVAILABLE, fact, fix, cause);
  }

  private static RsaKey bundled() {
    try (InputStream pem = OssKeys.class.getResourceAsStream("callback_pub_key_v1.pem")) {
      return RsaKey.parse(new String(Objects.requireNonNull(pem).readAllBytes(), US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
