package io.osspost.sign;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.wire.PercentEncoding;
import java.time.Duration;
import java.time.Instant;

/**
 * Signs URLs for the objects of one bucket. Thread-safe. Reuse one instance per bucket, because it
 * caches the common parts of one second and one day.
 */
public final class UrlSigner {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  private final OssBucket bucket;
  private final String root;
  private final UrlSignature signature;

  private UrlSigner(OssBucket bucket, UrlSignature signature) {
    String url = bucket.url().toString();
    this.bucket = bucket;
    this.root = url.endsWith("/") ? url : url + "/";
    this.signature = signature;
  }

  /**
   * {@return a signer for {@code bucket}, with URLs at its address}
   *
   * @param bucket the bucket of the objects
   * @param version the signature version; V4 wherever OSS accepts it
   */
  public static UrlSigner of(OssBucket bucket, SignatureVersion version) {
    return new UrlSigner(
        bucket,
        switch (version) {
          case V4 -> new V4UrlSignature(bucket);
          case V1 -> new V1UrlSignature(bucket);
        });
  }

  /**
   * Signs a URL for {@code request} that is valid from {@code now} on for {@code validity}, or
   * until the credentials expire if that is earlier. OSS counts in seconds, so fractions are cut
   * off.
   *
   * @param request the permitted request
   * @param credentials the credentials that sign; a token in them becomes part of the URL
   * @param now when the URL becomes valid
   * @param validity 1 second to 7 days
   * @return the URL and its headers
   * @throws CredentialsUnavailableException if the credentials have expired
   * @throws IllegalArgumentException if {@code validity} is shorter or longer
   */
  public PresignedUrl sign(
      ObjectRequest request, OssCredentials credentials, Instant now, Duration validity) {
    if (validity.compareTo(SHORTEST) < 0 || validity.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A presigned URL can be valid for 1 second to 7 days, not for "
              + validity
              + ". Choose a shorter time, and sign again later.");
    }
    Instant start = now.truncatedTo(SECONDS);
    Instant end = start.plus(validity);
    Instant credentialsExpiry = credentials.expiration().orElse(Instant.MAX);
    if (credentialsExpiry.isBefore(end)) {
      end = credentialsExpiry;
    }
    end = end.truncatedTo(SECONDS);
    if (!end.isAfter(start)) {
      throw new CredentialsUnavailableException(
          credentials
              + " cannot sign a URL at "
              + now
              + ": they have expired. Make the provider refresh them earlier.");
    }
    String resource = root + path(request);
    byte[] url = signature.url(resource, request, credentials, start, end);
    return new PresignedUrl(request, resource, url, end);
  }

  /** Returns the bucket's address. */
  @Override
  public String toString() {
    return "UrlSigner[" + bucket.url() + "]";
  }

  private static String path(ObjectRequest request) {
    return path(request.encodedKey());
  }

  /**
   * {@return the path of an object, below the address of its bucket}
   *
   * @param key the object
   */
  public static String path(ObjectKey key) {
    return path(PercentEncoding.path(key.value()));
  }

  /**
   * Clients resolve {@code a/../b} to {@code b} before they send it. OSS reads {@code %2F} in a
   * path as a slash and resolves nothing, so a key with such a part is sent as one segment.
   */
  private static String path(String key) {
    if (!key.startsWith(".") && !key.contains("/.")) {
      return key;
    }
    String enclosed = "/" + key + "/";
    return enclosed.contains("/./") || enclosed.contains("/../") ? key.replace("/", "%2F") : key;
  }
}
