package io.osspost;

import io.osspost.credentials.OssCredentials;
import io.osspost.object.OssBucket;
import io.osspost.policy.PostPolicy;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.PolicyTemplate;
import io.osspost.sign.SignatureVersion;
import io.osspost.wire.JsonText;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps what the grants of one second have in common. There are at most four entries per profile
 * and shape, each replaced when the second or the credentials change. Thread-safe.
 */
final class OpenTemplates {
  /**
   * What a template is for. Grants of an exact type or size bring their own condition on it, and
   * the template leaves out the wider one: OSS is not known to take two ranges, and a list of types
   * no page can choose from only makes the policy long.
   */
  record Use(
      UploadProfile profile,
      OssBucket bucket,
      FormShape shape,
      boolean exactType,
      boolean exactSize) {
    static Use of(
        UploadProfile profile, OssBucket bucket, FormShape shape, PlannedUpload.Admitted upload) {
      return new Use(
          profile, bucket, shape, shape.exactType(upload).isPresent(), upload.size().isPresent());
    }
  }

  /** A template, the instant and credentials it was opened with, and how its answers begin. */
  static final class Open {
    private final PolicyTemplate template;
    private final OssCredentials credentials;
    private final Instant openedAt;
    private final Instant expiresAt;
    private final byte[] answerBeginning;
    private final byte[] limits;

    private Open(
        Use use,
        PolicyTemplate template,
        OssCredentials credentials,
        Instant openedAt,
        Instant expiresAt) {
      this.template = template;
      this.credentials = credentials;
      this.openedAt = openedAt;
      this.expiresAt = expiresAt;
      JsonText answer = new JsonText().openObject();
      use.shape.beginAnswer(answer, use, template, openedAt, expiresAt);
      answer.name("policy").valueBeginning(template.policyBeginning());
      this.answerBeginning = answer.toBytes();
      JsonText members = new JsonText();
      use.shape.limits(members, use.profile);
      this.limits = members.toBytes();
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

    /** What every answer begins with: the constants, and the policy as far as it is common. */
    byte[] answerBeginning() {
      return answerBeginning;
    }

    /** What every answer says of the profile's limits, as members of an object. */
    byte[] limits() {
      return limits;
    }
  }

  private static final int SURE_FIELD_BYTES = 8 << 10;

  private final Set<String> warnedOf = ConcurrentHashMap.newKeySet();
  private final SignatureVersion configured;
  private final Map<Use, Open> byUse = new ConcurrentHashMap<>();

  OpenTemplates(SignatureVersion configured) {
    this.configured = configured;
  }

  Open get(Use use, OssCredentials credentials, Instant now) {
    Open held = byUse.get(use);
    // The same instance is the same keys: that is what providers promise.
    if (held != null && held.credentials == credentials && held.openedAt.equals(now)) {
      return held;
    }
    Open fresh = open(use, credentials, now);
    byUse.put(use, fresh);
    return fresh;
  }

  private Open open(Use use, OssCredentials credentials, Instant now) {
    UploadProfile profile = use.profile;
    Instant expiresAt = GrantLife.end(credentials, now, profile.validity());
    PostPolicy.Builder policy = PostPolicy.forBucket(use.bucket.name(), expiresAt);
    policy.requireAll(use.shape.standing(profile));
    if (!use.exactType) {
      policy.requireAll(use.shape.typeIn(profile));
    }
    if (!use.exactSize) {
      policy.size(profile.minSize(), profile.maxSize());
    }
    PolicyTemplate template = sign(use, policy.build(), credentials, now);
    warnOfLength(use, template);
    return new Open(use, template, credentials, now, expiresAt);
  }

  /** Some of the vendor's documents say that a field may have 8 KB, others 2 MB. */
  private void warnOfLength(Use use, PolicyTemplate template) {
    int length = template.policyBeginning().length;
    if (length > SURE_FIELD_BYTES && warnedOf.add(use.profile.name())) {
      UploadGrants.warn(
          "The policy of profile '"
              + use.profile.name()
              + "' has "
              + length
              + " bytes, and some of OSS's documents allow a form field "
              + SURE_FIELD_BYTES
              + ". Should OSS refuse it, admit fewer content types.");
    }
  }

  private PolicyTemplate sign(Use use, PostPolicy policy, OssCredentials credentials, Instant now) {
    return switch (use.shape.signatureVersion(configured)) {
      case V4 -> PolicyTemplate.openV4(policy, credentials, use.bucket.region(), now);
      case V1 -> PolicyTemplate.openV1(policy, credentials);
    };
  }
}
