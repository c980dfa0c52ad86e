package io.osspost;

import io.osspost.admission.AdmittedUpload;
import io.osspost.credentials.OssCredentials;
import io.osspost.object.OssBucket;
import io.osspost.policy.PostPolicy;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.PolicyTemplate;
import io.osspost.sign.SignatureVersion;
import io.osspost.wire.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Caches the common parts of the forms of one profile and format in one second: the policy's
 * template and the beginning of the response. There are four entries, because a form has one exact
 * type or all types of the profile, and one exact size or the profile's range. An entry is replaced
 * when the second, the credentials or the lifetime of the grant change. Thread-safe.
 */
final class TemplateCache {
  private static final int SAFE_FIELD_BYTES = 8 << 10;

  /** A template with its instant and credentials, and the beginning of its responses. */
  static final class Entry {
    private final PolicyTemplate template;
    private final OssCredentials credentials;
    private final Instant createdAt;
    private final Duration validity;
    private final Instant expiresAt;
    private final byte[] responseBeginning;

    private Entry(
        PolicyTemplate template,
        OssCredentials credentials,
        Instant createdAt,
        Duration validity,
        Instant expiresAt,
        byte[] responseBeginning) {
      this.template = template;
      this.credentials = credentials;
      this.createdAt = createdAt;
      this.validity = validity;
      this.expiresAt = expiresAt;
      this.responseBeginning = responseBeginning;
    }

    private boolean serves(OssCredentials signing, Instant now, Duration lifetime) {
      // Providers return the same instance while the credentials are unchanged.
      return credentials == signing && createdAt.equals(now) && validity.equals(lifetime);
    }

    PolicyTemplate template() {
      return template;
    }

    Instant createdAt() {
      return createdAt;
    }

    Instant expiresAt() {
      return expiresAt;
    }

    /**
     * Returns a response that contains the beginning up to the common part of the policy. The rest
     * of the policy follows.
     */
    JsonText response(int room) {
      return JsonText.after(responseBeginning, room);
    }
  }

  private final UploadProfile profile;
  private final OssBucket bucket;
  private final PagePolicy policy;
  private final ResponseWriter writer;
  private final SignatureVersion version;
  private final AtomicReferenceArray<Entry> entries = new AtomicReferenceArray<>(4);
  private final AtomicBoolean warnedOfLength = new AtomicBoolean();

  TemplateCache(
      UploadProfile profile,
      OssBucket bucket,
      PagePolicy policy,
      ResponseWriter writer,
      SignatureVersion version) {
    this.profile = profile;
    this.bucket = bucket;
    this.policy = policy;
    this.writer = writer;
    this.version = version;
  }

  /** Returns the template for {@code upload}, signed by {@code credentials} at {@code now}. */
  Entry get(AdmittedUpload upload, boolean exactType, OssCredentials credentials, Instant now) {
    boolean exactSize = upload.size().isPresent();
    int index = (exactType ? 2 : 0) + (exactSize ? 1 : 0);
    Entry cached = entries.get(index);
    Duration validity = profile.validityFor(upload.size());
    if (cached != null && cached.serves(credentials, now, validity)) {
      return cached;
    }
    Entry fresh = create(exactType, exactSize, credentials, now, validity);
    entries.set(index, fresh);
    return fresh;
  }

  private Entry create(
      boolean exactType,
      boolean exactSize,
      OssCredentials credentials,
      Instant now,
      Duration validity) {
    Instant expiresAt = GrantExpiration.of(credentials, now, validity);
    PostPolicy common = policy.policy(bucket.name(), expiresAt, exactType, exactSize);
    PolicyTemplate template =
        switch (version) {
          case V4 -> PolicyTemplate.openV4(common, credentials, bucket.region(), now);
          case V1 -> PolicyTemplate.openV1(common, credentials);
        };
    warnOfLength(template.policyBeginning().length);
    JsonText response = new JsonText().openObject();
    writer.begin(response, template, bucket.url(), now, expiresAt);
    response.name("policy").valueBeginning(template.policyBeginning());
    return new Entry(template, credentials, now, validity, expiresAt, response.toBytes());
  }

  /** Some of the vendor's documents limit a field to 8 KB, others to 2 MB. */
  private void warnOfLength(int length) {
    if (length > SAFE_FIELD_BYTES && warnedOfLength.compareAndSet(false, true)) {
      GrantLog.warn(
          "The policy of profile '"
              + profile.name()
              + "' has "
              + length
              + " bytes, and some of OSS's documents limit a form field to "
              + SAFE_FIELD_BYTES
              + ". If OSS rejects it, allow fewer content types.");
    }
  }
}
