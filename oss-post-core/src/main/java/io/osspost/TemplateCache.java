package io.osspost;

import io.osspost.admission.AdmittedUpload;
import io.osspost.credentials.OssCredentials;
import io.osspost.object.OssBucket;
import io.osspost.policy.PostPolicy;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.PolicyTemplate;
import io.osspost.sign.SignatureVersion;
import io.osspost.wire.JsonText;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Caches what the forms of one profile and format have in common in one second: the policy's
 * template and the answer's beginning. There are four entries, for exact and open types and sizes,
 * each replaced when the second or the credentials change. Thread-safe.
 */
final class TemplateCache {
  private static final int SAFE_FIELD_BYTES = 8 << 10;

  /** A template with its instant and credentials, and the beginning of its answers. */
  static final class Entry {
    private final PolicyTemplate template;
    private final OssCredentials credentials;
    private final Instant openedAt;
    private final Instant expiresAt;
    private final byte[] answer;

    private Entry(
        PolicyTemplate template,
        OssCredentials credentials,
        Instant openedAt,
        Instant expiresAt,
        byte[] answer) {
      this.template = template;
      this.credentials = credentials;
      this.openedAt = openedAt;
      this.expiresAt = expiresAt;
      this.answer = answer;
    }

    PolicyTemplate template() {
      return template;
    }

    Instant openedAt() {
      return openedAt;
    }

    Instant expiresAt() {
      return expiresAt;
    }

    /**
     * Continues the answer after the part that all forms of this second share: inside the policy.
     */
    JsonText answer(int room) {
      return JsonText.after(answer, room);
    }
  }

  private final UploadProfile profile;
  private final OssBucket bucket;
  private final PagePolicy policy;
  private final AnswerWriter writer;
  private final SignatureVersion version;
  private final AtomicReferenceArray<Entry> entries = new AtomicReferenceArray<>(4);
  private final AtomicBoolean warnedOfLength = new AtomicBoolean();

  TemplateCache(
      UploadProfile profile,
      OssBucket bucket,
      PagePolicy policy,
      AnswerWriter writer,
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
    // Providers return the same instance while the credentials are unchanged.
    if (cached != null && cached.credentials == credentials && cached.openedAt.equals(now)) {
      return cached;
    }
    Entry fresh = open(exactType, exactSize, credentials, now);
    entries.set(index, fresh);
    return fresh;
  }

  private Entry open(
      boolean exactType, boolean exactSize, OssCredentials credentials, Instant now) {
    Instant expiresAt = GrantLife.end(credentials, now, profile.validity());
    PostPolicy open = policy.policy(bucket.name(), expiresAt, exactType, exactSize);
    PolicyTemplate template =
        switch (version) {
          case V4 -> PolicyTemplate.openV4(open, credentials, bucket.region(), now);
          case V1 -> PolicyTemplate.openV1(open, credentials);
        };
    warnOfLength(template.policyBeginning().length);
    JsonText answer = new JsonText().openObject();
    writer.begin(answer, template, bucket.url(), now, expiresAt);
    answer.name("policy").valueBeginning(template.policyBeginning());
    return new Entry(template, credentials, now, expiresAt, answer.toBytes());
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
