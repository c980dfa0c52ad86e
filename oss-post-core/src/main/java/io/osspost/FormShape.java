package io.osspost;

import io.osspost.object.ObjectKey;
import io.osspost.policy.Condition;
import io.osspost.profile.AdmittedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.SignedPolicy;
import io.osspost.wire.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which page the grant is for. A policy depends on the fields the page will send: the shape decides
 * the conditions that page can meet, the fields it is given, and the members of the answer.
 */
public enum FormShape {
  /** For pages that send the fields they are given, such as ours: every field sent is pinned. */
  FORM {
    // OSS stores the second, and may look at the first.
    @Override
    List<String> typeFields() {
      return List.of("content-type", "x-oss-content-type");
    }

    @Override
    Optional<String> exactType(AdmittedUpload upload) {
      return upload.type();
    }

    @Override
    List<Condition> standing() {
      List<Condition> conditions = new ArrayList<>();
      FIXED_FIELDS.forEach((name, value) -> conditions.add(new Condition.Eq(name, value)));
      return conditions;
    }

    @Override
    List<Condition> narrow(AdmittedUpload upload) {
      List<Condition> conditions = new ArrayList<>(super.narrow(upload));
      upload.key().ifPresent(key -> conditions.add(new Condition.Eq(FORBID_OVERWRITE, "true")));
      return conditions;
    }

    @Override
    Map<String, String> fields(SignedPolicy signed, AdmittedUpload upload) {
      Map<String, String> fields = new LinkedHashMap<>();
      upload.key().ifPresent(key -> fields.put("key", key.value()));
      fields.put("policy", signed.policy());
      fields.put("x-oss-signature-version", signed.version());
      fields.put("x-oss-credential", signed.credential());
      fields.put("x-oss-date", signed.date());
      signed.securityToken().ifPresent(token -> fields.put("x-oss-security-token", token));
      fields.put("x-oss-signature", signed.signature());
      fields.putAll(FIXED_FIELDS);
      upload.type().ifPresent(type -> fields.put("Content-Type", type));
      upload.type().ifPresent(type -> fields.put("x-oss-content-type", type));
      upload.key().ifPresent(key -> fields.put(FORBID_OVERWRITE, "true"));
      return fields;
    }

    @Override
    void writeAnswer(JsonText json, PostGrant grant) {
      json.member("method", "POST").member("url", grant.url().toString());
      json.name("fields").openObject();
      grant.fields().forEach(json::member);
      json.closeObject().name("headers").openObject().closeObject();
      grant.key().ifPresent(key -> json.member("key", key.value()));
      json.member("expiresAt", grant.expiresAt().toString());
      json.member("expiresInSeconds", grant.expiresInSeconds());
      json.member("serverTime", grant.serverTime().toString());
      UploadProfile profile = grant.profile();
      json.name("limits").openObject();
      if (grant.key().isEmpty()) {
        json.member("keyPrefix", grant.prefix());
      }
      json.member("minSize", profile.minSize()).member("maxSize", profile.maxSize());
      json.name("contentTypes").values(profile.contentTypes()).closeObject();
    }
  },

  /**
   * For the page of Alibaba's V4 tutorial, which names its fields itself and always sends a
   * security token: it works with temporary credentials only.
   */
  V4 {
    @Override
    List<String> typeFields() {
      return List.of("content-type");
    }

    // The browser sends the type it told us, not the one we would have registered it as.
    @Override
    Optional<String> exactType(AdmittedUpload upload) {
      return upload.statedType();
    }

    @Override
    List<Condition> standing() {
      return List.of(new Condition.Eq("success_action_status", SUCCESS_STATUS));
    }

    @Override
    Map<String, String> fields(SignedPolicy signed, AdmittedUpload upload) {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("success_action_status", SUCCESS_STATUS);
      fields.put("policy", signed.policy());
      fields.put("x-oss-signature", signed.signature());
      fields.put("x-oss-signature-version", signed.version());
      fields.put("x-oss-credential", signed.credential());
      fields.put("x-oss-date", signed.date());
      upload.key().ifPresent(key -> fields.put("key", key.value()));
      signed.securityToken().ifPresent(token -> fields.put("x-oss-security-token", token));
      return fields;
    }

    @Override
    void writeAnswer(JsonText json, PostGrant grant) {
      SignedPolicy signed = grant.signed();
      json.member("version", signed.version());
      json.member("x_oss_signature_version", signed.version());
      json.member("policy", signed.policy());
      json.member("x_oss_credential", signed.credential());
      json.member("x_oss_date", signed.date());
      json.member("signature", signed.signature());
      signed.securityToken().ifPresent(token -> json.member("security_token", token));
      json.member("dir", grant.prefix());
      json.member("host", grant.url().toString());
      json.member("expire", grant.expiresAt().getEpochSecond());
      grant.key().ifPresent(key -> json.member("key", key.value()));
    }
  };

  private static final String SUCCESS_STATUS = "200";
  private static final String FORBID_OVERWRITE = "x-oss-forbid-overwrite";

  /** What OSS must not decide by its own defaults, or by a field the page adds. */
  private static final Map<String, String> FIXED_FIELDS = fixedFields();

  /** The shape as requests and settings name it: {@code form}, {@code v4}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The shape that {@code code} names. */
  public static Optional<FormShape> of(String code) {
    for (FormShape shape : values()) {
      if (shape.code().equals(code)) {
        return Optional.of(shape);
      }
    }
    return Optional.empty();
  }

  /** The fields that tell the file's type in this shape. */
  abstract List<String> typeFields();

  /** The one type the page will send for {@code upload}; empty when it may choose. */
  abstract Optional<String> exactType(AdmittedUpload upload);

  /** The conditions every grant has in this shape. */
  abstract List<Condition> standing();

  /** The conditions on the type of a file whose type the page may choose. */
  List<Condition> typeIn(List<String> types) {
    return typeFields().stream().<Condition>map(field -> new Condition.In(field, types)).toList();
  }

  /** The conditions of this one upload: its name or directory, its type, its size. */
  List<Condition> narrow(AdmittedUpload upload) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(
        upload
            .key()
            .map(ObjectKey::value)
            .<Condition>map(key -> new Condition.Eq("key", key))
            .orElseGet(() -> new Condition.StartsWith("key", upload.prefix())));
    exactType(upload)
        .ifPresent(
            type -> typeFields().forEach(field -> conditions.add(new Condition.Eq(field, type))));
    upload.size().ifPresent(size -> conditions.add(new Condition.ContentLengthRange(size, size)));
    return conditions;
  }

  /** The fields the page sends, in order; the file follows last. */
  abstract Map<String, String> fields(SignedPolicy signed, AdmittedUpload upload);

  /** Writes the members of the answer. */
  abstract void writeAnswer(JsonText json, PostGrant grant);

  private static Map<String, String> fixedFields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("success_action_status", SUCCESS_STATUS);
    fields.put("x-oss-object-acl", "default");
    return fields;
  }
}
