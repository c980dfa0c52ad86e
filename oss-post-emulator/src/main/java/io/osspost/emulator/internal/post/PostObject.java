package io.osspost.emulator.internal.post;

import static io.osspost.emulator.rules.EmulatorRule.DEFAULT_TYPE_BY_EXTENSION;
import static io.osspost.emulator.rules.EmulatorRule.EXPIRATION_UNTIL_STORED;
import static io.osspost.emulator.rules.EmulatorRule.REDIRECT_AFTER_CALLBACK;

import io.osspost.emulator.internal.auth.AccessKey;
import io.osspost.emulator.internal.auth.AccessKeys;
import io.osspost.emulator.internal.auth.Authorizer;
import io.osspost.emulator.internal.callback.Callbacks;
import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.object.HeaderValues;
import io.osspost.emulator.internal.object.ObjectAccess;
import io.osspost.emulator.internal.object.ObjectErrors;
import io.osspost.emulator.internal.object.PutObject;
import io.osspost.emulator.internal.object.UploadHeaders;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.store.ObjectEntry;
import io.osspost.emulator.internal.store.ObjectExistsException;
import io.osspost.emulator.internal.store.ObjectHeaders;
import io.osspost.emulator.internal.store.ObjectStore;
import io.osspost.emulator.internal.store.Upload;
import io.osspost.emulator.rules.EmulatorRules;
import java.io.IOException;
import java.net.URLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * PostObject: a form uploads one file. Thread-safe.
 *
 * <p>Source: OSS documentation "PostObject" and "POST V4 signature". The order of checks is not
 * documented. This emulator checks framing, bucket, fields and object key; then signature,
 * expiration and conditions of the policy, and RAM or ACL; then callback, object headers, overwrite
 * guard and content. Of an anonymous form, only the ACL is checked between object key and callback.
 */
public final class PostObject implements Operation {
  private static final String ACL = "x-oss-object-acl";

  private final ObjectStore store;
  private final ObjectAccess access;
  private final Callbacks callbacks;
  private final Clock clock;
  private final EmulatorRules rules;
  private final FormSignatureVerifier signatures;
  private final PolicyCheck check;
  private final Authorizer ram;

  public PostObject(
      ObjectStore store,
      ObjectAccess access,
      AccessKeys keys,
      Authorizer ram,
      Callbacks callbacks,
      String region,
      Clock clock,
      EmulatorRules rules) {
    this.store = store;
    this.access = access;
    this.callbacks = callbacks;
    this.clock = clock;
    this.rules = rules;
    this.signatures = new FormSignatureVerifier(keys, region, rules);
    this.check = new PolicyCheck(rules);
    this.ram = ram;
  }

  @Override
  public HttpAnswer perform(OssRequest request) throws IOException {
    try {
      FormBody body = FormBody.of(request, rules);
      if (!store.hasBucket(request.bucket())) {
        throw OssError.noSuchBucket(request.bucket())
            .because("no bucket '" + request.bucket() + "' in this emulator");
      }
      PostForm form = PostForm.read(body.reader(), rules);
      String key = FormKey.of(form, rules);
      request.setKey(key);
      Policy policy = checkedPolicy(form, request, key);
      Optional<Callbacks.Pending> callback = callbacks.ofForm(form.fields());
      ObjectEntry entry = store(request, body, form, key, policy);
      request.note("stored " + entry.size() + " bytes as " + entry.headers().contentType());
      HttpAnswer success = PostAnswers.success(request, form, entry, rules);
      if (callback.isEmpty()) {
        return success;
      }
      HttpAnswer called = callback.get().deliver(request, entry, "PostObject");
      return rules.has(REDIRECT_AFTER_CALLBACK) && form.sent("success_action_redirect").isPresent()
          ? success
          : called.with(PutObject.checksums(entry));
    } catch (MultipartException e) {
      throw PostErrors.malformed(e).because(e.why());
    }
  }

  /**
   * Checks that the form may upload and returns its policy. An anonymous form has no policy, and
   * needs a public ACL.
   */
  private Policy checkedPolicy(PostForm form, OssRequest request, String key) {
    if (!form.isSigned()) {
      access.requirePublicWrite(request.bucket(), key);
      return Policy.NONE;
    }
    Instant now = clock.instant();
    FormSignatureVerifier.SignatureFields signature = signatures.signatureFields(form);
    Policy policy = Policy.decode(form.required("policy", null));
    AccessKey holder = signature.verify(now);
    check.requireUnexpired(policy, now);
    check.requireConditions(policy, form, request.bucket());
    if (signature.isV4()) {
      check.requireCoverage(policy, form);
    }
    Optional<String> acl = Optional.ofNullable(fieldsWithAclHeader(form, request).get(ACL));
    if (!ram.allowsForm(holder, request, key, acl)) {
      access.requirePublicWrite(request.bucket(), key);
    }
    return policy;
  }

  private ObjectEntry store(
      OssRequest request, FormBody body, PostForm form, String key, Policy policy)
      throws IOException, MultipartException {
    UploadHeaders sent = new UploadHeaders(fieldsWithAclHeader(form, request));
    form.sent("success_action_redirect").ifPresent(url -> HeaderValues.check("Location", url));
    ObjectHeaders headers = sent.stored(contentType(form, key));
    boolean forbidOverwrite = sent.forbidsOverwrite();
    if (forbidOverwrite && store.find(request.bucket(), key).isPresent()) {
      throw ObjectErrors.exists(key);
    }
    try (Upload upload = store.begin(request.bucket())) {
      body.reader().copyContent(new MeasuredContent(upload, size -> checkSize(policy, size)));
      check.requireMinimumSize(policy, upload.size());
      body.finish();
      if (rules.has(EXPIRATION_UNTIL_STORED)) {
        check.requireUnexpired(policy, clock.instant());
      }
      return upload.commit(key, headers, forbidOverwrite);
    } catch (ObjectExistsException e) {
      throw ObjectErrors.storedMeanwhile(key);
    }
  }

  /**
   * Returns the form's fields and, if the form has no ACL field, the ACL request header. No other
   * property of the object comes from a request header.
   */
  private static Map<String, String> fieldsWithAclHeader(PostForm form, OssRequest request) {
    Map<String, String> fields = new LinkedHashMap<>(form.fields());
    request.header(ACL).ifPresent(acl -> fields.putIfAbsent(ACL, acl));
    return fields;
  }

  private Optional<String> contentType(PostForm form, String key) {
    Optional<String> sent = form.contentType();
    return sent.isEmpty() && rules.has(DEFAULT_TYPE_BY_EXTENSION)
        ? Optional.ofNullable(URLConnection.guessContentTypeFromName(key))
        : sent;
  }

  private void checkSize(Policy policy, long size) {
    check.requireMaximumSize(policy, size);
    if (size > FormBody.LARGEST) {
      throw OssError.of(
              400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.")
          .ec("0006-00000003")
          .because("the file exceeds the " + FormBody.LARGEST + " bytes of a form upload");
    }
  }
}
