package io.osspost.emulator.internal.post;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.TestForm;
import io.osspost.emulator.testing.TestSigner;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The edits of a {@link PostCase}: to the plain {@link TestForm} before it is signed, to the signed
 * form if an edit begins with {@code signed}, to the body, the request and the emulator.
 */
final class PostEdits {
  private static final String STORED_BEFORE = "stored before";

  private final TestForm form = new TestForm();
  private final OssEmulator.Builder emulator =
      TestForm.emulator()
          .disabledKey("LTAIdisabled", "examplesecret")
          .temporaryKey(
              "STS.living", "stssecret", "token-of-living", Instant.parse("2024-03-15T09:00:00Z"))
          .temporaryKey(
              "STS.expired",
              "stssecret",
              "token-of-expired",
              Instant.parse("2024-03-15T08:00:00Z"));
  private final List<String> afterSigning = new ArrayList<>();
  private final List<UnaryOperator<String>> onBody = new ArrayList<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private String path = "/examplebucket/";
  private String storedBefore = "";
  private boolean withLength = true;
  private boolean withMd5;

  PostEdits(List<String> edits) {
    headers.put("Content-Type", "multipart/form-data; boundary=" + TestForm.BOUNDARY);
    edits.forEach(this::apply);
  }

  OssEmulator start() {
    return emulator.start();
  }

  /** Signs the form, applies the edits, and posts it. */
  Answer post(OssEmulator oss) throws IOException {
    if (!storedBefore.isEmpty()) {
      TestForm before = new TestForm().with("x-oss-object-acl", storedBefore);
      before.content = STORED_BEFORE.getBytes(UTF_8);
      RawHttp.post(oss.endpoint(), "/examplebucket/", before.sign());
    }
    form.sign();
    afterSigning.forEach(this::apply);
    String body = new String(form.body(), ISO_8859_1);
    for (UnaryOperator<String> edit : onBody) {
      body = edit.apply(body);
    }
    byte[] bytes = body.getBytes(ISO_8859_1);
    if (withMd5) {
      headers.put("Content-MD5", md5(bytes));
    }
    return RawHttp.send(oss.endpoint(), "POST", path, headers, withLength ? bytes : new byte[0]);
  }

  private void apply(String edit) {
    String[] verb = edit.split(" ", 2);
    String rest = verb.length == 2 ? verb[1] : "";
    switch (verb[0]) {
      case "set" -> form.with(left(rest), right(rest));
      case "append" -> form.fields.merge(left(rest), right(rest), String::concat);
      case "drop" -> form.fields.remove(rest);
      case "after-file" -> form.fieldsAfterFile.put(rest, form.fields.remove(rest));
      case "rename" -> form.with(right(rest), form.fields.remove(left(rest)));
      case "upper" -> form.fields.computeIfPresent(rest, (n, v) -> v.toUpperCase(Locale.ROOT));
      case "tamper" -> tamper(rest.split(" => ", 2));
      case "trailing" -> form.fieldsAfterFile.put(left(rest), right(rest));
      case "callback" -> form.with("callback", TestSigner.base64(rest));
      case "condition" -> form.condition(rest);
      case "without" -> form.conditions.removeIf(condition -> condition.contains(rest));
      case "cover" -> form.v4Conditions.add(rest);
      case "uncover" -> form.v4Conditions.remove(rest);
      case "with" -> with(left(rest), right(rest));
      case "size" -> form.content = new byte[Integer.parseInt(rest)];
      case "no" -> without(rest);
      case "sign" -> form.signature = TestForm.Signature.valueOf(rest.toUpperCase(Locale.ROOT));
      case "sts" -> sts(rest);
      case "signed" -> afterSigning.add(rest);
      case "replace" -> replace(rest.split(" => ", 2));
      case "preamble" -> onBody.add(body -> PostCase.text(rest) + body);
      case "epilogue" -> onBody.add(body -> body + PostCase.text(rest));
      case "md5" -> withMd5 = true;
      case "header" -> headers.put(left(rest), right(rest));
      case "path" -> path = rest;
      case "stored" -> storedBefore = rest;
      case "rule" -> emulator.rules(rest);
      case "bucket" -> bucket(rest);
      default -> throw new IllegalArgumentException("Unknown edit: " + edit);
    }
  }

  private void with(String attribute, String value) {
    switch (attribute) {
      case "key-id" -> form.keyId = value;
      case "secret" -> form.secret = value;
      case "day" -> form.day = value;
      case "region" -> form.region = value;
      case "date" -> form.date = value;
      case "credential" -> form.credential = value;
      case "expiration" -> form.expiration = value;
      case "policy" -> form.policyJson = value;
      case "filename" -> form.filename = value;
      case "type" -> form.fileType = value;
      default -> throw new IllegalArgumentException("Unknown attribute: " + attribute);
    }
  }

  private void without(String what) {
    switch (what) {
      case "file" -> form.withFile = false;
      case "filename" -> form.filename = null;
      case "type" -> form.fileType = null;
      case "end" -> form.closed = false;
      case "length" -> withLength = false;
      default -> throw new IllegalArgumentException("Unknown part: " + what);
    }
  }

  private void sts(String name) {
    form.keyId = "STS." + name;
    form.secret = "stssecret";
    form.with("x-oss-security-token", "token-of-" + name);
    form.v4Conditions.add("x-oss-security-token");
  }

  private void bucket(String acl) {
    if (acl.equals("public-read-write")) {
      emulator.publicReadWrite();
    } else {
      emulator.publicRead();
    }
  }

  /** Changes the policy without its signature. */
  private void tamper(String[] change) {
    String policy = new String(Base64.getDecoder().decode(form.fields.get("policy")), UTF_8);
    form.with("policy", TestSigner.base64(policy.replace(change[0], change[1])));
  }

  private void replace(String[] change) {
    String from = PostCase.text(change[0]);
    String to = PostCase.text(change[1]);
    onBody.add(
        body -> {
          if (!body.contains(from)) {
            throw new IllegalArgumentException("Nothing to replace: " + change[0]);
          }
          return body.replace(from, to);
        });
  }

  private static String left(String assignment) {
    int equals = equalsSign(assignment);
    return PostCase.text(assignment.substring(0, equals).trim());
  }

  private static String right(String assignment) {
    return PostCase.text(assignment.substring(equalsSign(assignment) + 1).stripLeading());
  }

  private static int equalsSign(String assignment) {
    int equals = assignment.startsWith("= ") ? 0 : assignment.indexOf(" =") + 1;
    if (equals < 0 || !assignment.contains("=")) {
      throw new IllegalArgumentException("No '=' in: " + assignment);
    }
    return equals;
  }

  private static String md5(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
