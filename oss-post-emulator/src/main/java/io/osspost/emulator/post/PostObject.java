package io.osspost.emulator.post;

import io.osspost.emulator.auth.AccessKeys;
import io.osspost.emulator.callback.Callbacks;
import io.osspost.emulator.http.Operation;
import io.osspost.emulator.http.OssAnswer;
import io.osspost.emulator.http.OssError;
import io.osspost.emulator.http.OssRequest;
import io.osspost.emulator.object.ObjectErrors;
import io.osspost.emulator.object.OneLine;
import io.osspost.emulator.object.PutObject;
import io.osspost.emulator.object.UploadHeaders;
import io.osspost.emulator.store.ObjectEntry;
import io.osspost.emulator.store.ObjectExistsException;
import io.osspost.emulator.store.ObjectHeaders;
import io.osspost.emulator.store.ObjectStore;
import io.osspost.emulator.store.Upload;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * PostObject: a form uploads one file. Thread-safe.
 *
 * <p>Source: OSS documentation "PostObject" and "POST V4 signature". The order of checks is not
 * documented; ours goes from the outside in: framing, bucket, fields, signature, policy, content.
 */
public final class PostObject implements Operation {
  private final ObjectStore store;
  private final Callbacks callbacks;
  private final Clock clock;
  private final PostRules rules;
  private final FormSigner signer;
  private final PolicyCheck check;

  public PostObject(
      ObjectStore store,
      AccessKeys keys,
      Callbacks callbacks,
      String region,
      Clock clock,
      PostRules rules) {
    this.store = store;
    this.callbacks = callbacks;
    this.clock = clock;
    this.rules = rules;
    this.signer = new FormSigner(keys, region, rules);
    this.check = new PolicyCheck(rules);
  }

  @Override
  public OssAnswer perform(OssRequest request) throws IOException {
    try {
      FormBody body = FormBody.of(request, rules);
      if (!store.hasBucket(request.bucket())) {
        throw OssError.noSuchBucket(request.bucket())
            .because("no bucket '" + request.bucket() + "' in this emulator");
      }
      PostForm form = PostForm.read(body.reader(), rules);
      String key = FormKey.of(form);
      Policy policy = judge(form, request.bucket());
      Optional<Callbacks.Pending> callback = callbacks.ofForm(form.fields());
      ObjectEntry entry = store(request, body, form, key, policy);
      return callback.isPresent()
          ? callback.get().deliver(request, entry, "PostObject").with(PutObject.checksums(entry))
          : PostAnswers.success(request, form, entry, rules.redirectStatus());
    } catch (MultipartException e) {
      throw PostErrors.malformed(e).because(e.why());
    }
  }

  /** Returns the policy of a form that keeps it. */
  private Policy judge(PostForm form, String bucket) {
    if (!form.isSigned()) {
      throw PostErrors.accessDenied(
              "You have no right to access this object because of bucket acl.")
          .ec("0003-00000001")
          .because("the form is not signed, and the bucket does not let strangers write");
    }
    Instant now = clock.instant();
    FormSigner.Claim claim = signer.claim(form);
    Policy policy = Policy.decode(form.required("policy", null));
    claim.verify(now);
    check.expiration(policy, now);
    check.conditions(policy, form, bucket);
    if (claim.isV4()) {
      check.coverage(policy, form);
    }
    return policy;
  }

  private ObjectEntry store(
      OssRequest request, FormBody body, PostForm form, String key, Policy policy)
      throws IOException, MultipartException {
    UploadHeaders sent = new UploadHeaders(form.fields());
    form.sent("success_action_redirect").ifPresent(url -> OneLine.check("Location", url));
    ObjectHeaders headers = sent.stored(form.contentType());
    boolean forbidOverwrite = sent.forbidsOverwrite();
    if (forbidOverwrite && store.find(request.bucket(), key).isPresent()) {
      throw ObjectErrors.exists(key);
    }
    try (Upload upload = store.begin(request.bucket())) {
      body.reader().copyContent(new MeasuredContent(upload, size -> checkSize(policy, size)));
      check.tooSmall(policy, upload.size());
      body.finish();
      check.expiration(policy, clock.instant());
      return upload.commit(key, headers, forbidOverwrite);
    } catch (ObjectExistsException e) {
      throw ObjectErrors.storedMeanwhile(key);
    }
  }

  private void checkSize(Policy policy, long size) {
    check.tooLarge(policy, size);
    if (size > rules.maxFile()) {
      throw OssError.of(
              400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.")
          .ec("0006-00000003")
          .because("the file exceeds the " + rules.maxFile() + " bytes of a form upload");
    }
  }
}
