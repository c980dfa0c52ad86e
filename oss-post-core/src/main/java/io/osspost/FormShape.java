package io.osspost;

import io.osspost.OpenTemplates.Use;
import io.osspost.Ticketing.Ticketed;
import io.osspost.callback.UploadTickets;
import io.osspost.credentials.OssCredentials;
import io.osspost.object.ObjectKey;
import io.osspost.policy.Condition;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.sign.PolicyTemplate;
import io.osspost.sign.SignatureVersion;
import io.osspost.wire.JsonText;
import io.osspost.wire.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Which page the grant is for. A policy depends on the fields the page will send: the shape decides
 * the signature's version, the conditions that page can meet, the fields it is given, and the
 * members of the answer.
 */
public enum FormShape {
  /** For pages that send the fields they are given, such as ours: every field sent is pinned. */
  FORM {
    @Override
    SignatureVersion signatureVersion(SignatureVersion configured) {
      return configured;
    }

    @Override
    List<String> typeFields(UploadProfile profile) {
      // OSS stores the second, and may look at the first.
      return profile.formSends("x-oss-content-type")
          ? List.of("content-type", "x-oss-content-type")
          : List.of("content-type");
    }

    @Override
    Optional<String> exactType(PlannedUpload.Admitted upload) {
      return upload.type();
    }

    @Override
    List<Condition> standing(UploadProfile profile) {
      List<Condition> conditions = new ArrayList<>();
      profile.formFields().forEach((name, value) -> conditions.add(new Condition.Eq(name, value)));
      return conditions;
    }

    @Override
    List<Condition> narrow(
        UploadProfile profile, PlannedUpload.Admitted upload, Optional<Ticketed> ticketed) {
      List<Condition> conditions = new ArrayList<>(super.narrow(profile, upload, ticketed));
      if (upload.forbidOverwrite() && profile.formSends(FORBID_OVERWRITE)) {
        conditions.add(new Condition.Eq(FORBID_OVERWRITE, "true"));
      }
      ticketed
          .flatMap(Ticketed::mark)
          .ifPresent(mark -> conditions.add(new Condition.Eq(UploadTickets.MARK, mark)));
      return conditions;
    }

    @Override
    Map<String, String> fields(PostGrant grant) {
      Map<String, String> fields = new LinkedHashMap<>();
      commonFields(grant.profile(), grant.template(), fields::put);
      fields.put("policy", grant.signed().policy());
      fields.put(grant.signed().signatureField(), grant.signed().signature());
      ownFields(grant, fields::put);
      return fields;
    }

    // The fields that all forms of one second have.
    private void commonFields(
        UploadProfile profile, PolicyTemplate template, BiConsumer<String, String> fields) {
      template.signatureFields().forEach(fields);
      profile.formFields().forEach(fields);
    }

    // The fields of this one upload.
    private void ownFields(PostGrant grant, BiConsumer<String, String> fields) {
      UploadProfile profile = grant.profile();
      PlannedUpload.Admitted upload = grant.upload();
      upload.key().ifPresent(key -> fields.accept("key", key.value()));
      upload.type().ifPresent(type -> fields.accept("Content-Type", type));
      if (profile.formSends("x-oss-content-type")) {
        upload.type().ifPresent(type -> fields.accept("x-oss-content-type", type));
      }
      if (upload.forbidOverwrite() && profile.formSends(FORBID_OVERWRITE)) {
        fields.accept(FORBID_OVERWRITE, "true");
      }
      grant.mark().ifPresent(mark -> fields.accept(UploadTickets.MARK, mark));
      grant.callback().ifPresent(callback -> fields.accept("callback", callback));
    }

    @Override
    void beginAnswer(JsonText json, Use use, PolicyTemplate template, Instant now, Instant end) {
      json.member("method", "POST").member("url", use.bucket().url().toString());
      json.name("headers").openObject().closeObject();
      json.member("expiresAt", end.toString());
      json.member("expiresInSeconds", Duration.between(now, end).toSeconds());
      json.member("serverTime", now.toString());
      json.name("fields").openObject();
      commonFields(use.profile(), template, json::member);
    }

    @Override
    void limits(JsonText json, UploadProfile profile) {
      json.member("minSize", profile.minSize()).member("maxSize", profile.maxSize());
      json.name("contentTypes").values(profile.contentTypes());
    }

    @Override
    void endAnswer(JsonText json, PostGrant grant) {
      json.name(grant.signed().signatureField()).plainValue(grant.signed().signatureText());
      ownFields(grant, json::member);
      json.closeObject();
      grant.key().ifPresent(key -> json.member("key", key.value()));
      grant.ticket().ifPresent(ticket -> json.member("ticket", ticket));
      json.name("limits").openObject();
      if (grant.key().isEmpty()) {
        json.member("keyPrefix", grant.prefix());
      }
      json.members(grant.limits()).closeObject();
    }
  },

  /**
   * For the page of Alibaba's V4 tutorial, which names its fields itself and always sends a
   * security token: it works with temporary credentials only.
   */
  V4 {
    @Override
    void beginAnswer(JsonText json, Use use, PolicyTemplate template, Instant now, Instant end) {
      for (String member : List.of("version", "x_oss_signature_version")) {
        writeField(json, member, template, "x-oss-signature-version");
      }
      writeField(json, "x_oss_credential", template, "x-oss-credential");
      writeField(json, "x_oss_date", template, "x-oss-date");
      writeField(json, "security_token", template, "x-oss-security-token");
      json.member("host", use.bucket().url().toString()).member("expire", end.getEpochSecond());
    }

    @Override
    void endAnswer(JsonText json, PostGrant grant) {
      json.name("signature").plainValue(grant.signed().signatureText());
      json.member("dir", grant.prefix());
      grant.key().ifPresent(key -> json.member("key", key.value()));
    }
  },

  /**
   * For the pages of the V1 tutorials, which name their fields themselves and never send a security
   * token: they work with long-term keys only.
   */
  V1 {
    @Override
    SignatureVersion signatureVersion(SignatureVersion configured) {
      return SignatureVersion.V1;
    }

    @Override
    void beginAnswer(JsonText json, Use use, PolicyTemplate template, Instant now, Instant end) {
      writeField(json, "ossAccessKeyId", template, "OSSAccessKeyId");
      json.member("host", use.bucket().url().toString()).member("expire", end.getEpochSecond());
    }

    @Override
    void endAnswer(JsonText json, PostGrant grant) {
      json.name("signature").plainValue(grant.signed().signatureText());
      json.member("dir", grant.prefix());
      grant.key().ifPresent(key -> json.member("key", key.value()));
    }
  },

  /** For pages older still, such as those built on plupload; long-term keys only, like V1. */
  LEGACY {
    @Override
    SignatureVersion signatureVersion(SignatureVersion configured) {
      return SignatureVersion.V1;
    }

    @Override
    void beginAnswer(JsonText json, Use use, PolicyTemplate template, Instant now, Instant end) {
      writeField(json, "accessid", template, "OSSAccessKeyId");
      json.member("host", use.bucket().url().toString()).member("expire", end.getEpochSecond());
    }

    @Override
    void endAnswer(JsonText json, PostGrant grant) {
      json.name("signature").plainValue(grant.signed().signatureText());
      json.member("dir", grant.prefix());
      // Those pages name the object; one that sends the file's name is another, and must be told.
      grant.key().ifPresent(key -> json.member("key", key.value()));
      grant.callback().ifPresent(callback -> json.member("callback", callback));
    }
  };

  private static final String SUCCESS_STATUS = "success_action_status";
  private static final String FORBID_OVERWRITE = "x-oss-forbid-overwrite";

  /**
   * {@return the shape as requests and settings name it: {@code form}, {@code v4}, {@code v1},
   * {@code legacy}}
   */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the shape that {@code code} names; empty when it names none}
   *
   * @param code a name in lower case, as {@link #code} writes it
   */
  public static Optional<FormShape> of(String code) {
    for (FormShape shape : values()) {
      if (shape.code().equals(code)) {
        return Optional.of(shape);
      }
    }
    return Optional.empty();
  }

  /**
   * What is wrong when {@code credentials} have a token that a page of this shape would not send,
   * or have none where it always sends one: OSS would refuse the form.
   */
  Optional<String> misfit(OssCredentials credentials) {
    boolean token = credentials.securityToken().isPresent();
    if (this == V4 && !token) {
      return misfit("always sends a security token, but a long-term key signs.");
    }
    if ((this == V1 || this == LEGACY) && token) {
      return misfit("sends no security token, but temporary credentials sign.");
    }
    return Optional.empty();
  }

  private Optional<String> misfit(String fact) {
    return Optional.of("A page of format " + code() + " " + fact);
  }

  /** Refuses credentials that do not fit what the page sends. */
  void requireFit(OssCredentials credentials) {
    Optional<String> fact = misfit(credentials);
    if (fact.isPresent()) {
      throw new UploadRefusedException(
          UploadRefusedException.Reason.CREDENTIALS_DO_NOT_FIT_PAGE, fact.get(), fitFix());
    }
  }

  /** What there is to do about a misfit. */
  String fitFix() {
    return "Have the page ask for format=form, or the operator sign with "
        + (this == V4 ? "temporary credentials." : "a long-term key.");
  }

  /**
   * Whether the answer has room for a ticket or a callback: tutorials' newer pages send neither.
   */
  boolean carriesTicket() {
    return this == FORM || this == LEGACY;
  }

  /** The version this shape's page is written for; {@code configured} where it takes either. */
  SignatureVersion signatureVersion(SignatureVersion configured) {
    return SignatureVersion.V4;
  }

  /** The fields that tell the file's type in this shape. */
  List<String> typeFields(UploadProfile profile) {
    return List.of("content-type");
  }

  /**
   * Refuses a file whose stated type a page of this shape sends, but the profile does not admit.
   */
  void requireSentType(PlannedUpload.Admitted upload) {
    Optional<String> sent = exactType(upload);
    if (sent.isPresent() && !upload.type().equals(sent.map(MediaType::registered))) {
      throw new UploadRefusedException(
          UploadRefusedException.Reason.TYPE_NOT_ALLOWED,
          "Files of type '" + sent.get() + "' are not accepted here in format " + code() + ".",
          "Ask for format=form, which decides by the file's name, or send another type.");
    }
  }

  /** The one type the page will send for {@code upload}; empty when it may choose. */
  Optional<String> exactType(PlannedUpload.Admitted upload) {
    // The browser sends the type it told us, not the one we would have registered it as.
    return upload.statedType();
  }

  /** The conditions every grant of {@code profile} has in this shape. */
  List<Condition> standing(UploadProfile profile) {
    // The tutorials' pages have this value in their code.
    return List.of(new Condition.Eq(SUCCESS_STATUS, "200"));
  }

  /** The conditions on the type of a file whose type the page may choose. */
  List<Condition> typeIn(UploadProfile profile) {
    List<String> types = profile.contentTypesAsSent();
    return typeFields(profile).stream()
        .<Condition>map(field -> new Condition.In(field, types))
        .toList();
  }

  /** The conditions of this one upload: its name or directory, type, size and callback. */
  List<Condition> narrow(
      UploadProfile profile, PlannedUpload.Admitted upload, Optional<Ticketed> ticketed) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(
        upload
            .key()
            .map(ObjectKey::value)
            .<Condition>map(key -> new Condition.Eq("key", key))
            .orElseGet(() -> new Condition.StartsWith("key", upload.prefix())));
    exactType(upload)
        .ifPresent(
            type ->
                typeFields(profile)
                    .forEach(field -> conditions.add(new Condition.Eq(field, type))));
    upload.size().ifPresent(size -> conditions.add(new Condition.ContentLengthRange(size, size)));
    ticketed
        .flatMap(Ticketed::callback)
        .ifPresent(callback -> conditions.add(new Condition.Eq("callback", callback)));
    return conditions;
  }

  /** The fields the page sends, in order; the file follows last. */
  Map<String, String> fields(PostGrant grant) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(SUCCESS_STATUS, "200");
    fields.putAll(grant.signed().fields());
    grant.key().ifPresent(key -> fields.put("key", key.value()));
    grant.callback().ifPresent(callback -> fields.put("callback", callback));
    return fields;
  }

  /** Writes the members that all grants of one second have, up to the policy, which follows. */
  abstract void beginAnswer(
      JsonText json, Use use, PolicyTemplate template, Instant now, Instant end);

  /** Writes what the answer says of the profile's limits, where it does. */
  void limits(JsonText json, UploadProfile profile) {}

  /** How many bytes the members of one grant have, as a rule. */
  int roomForEnd() {
    return this == FORM ? 1024 : 192;
  }

  /** Writes the members of this one grant. */
  abstract void endAnswer(JsonText json, PostGrant grant);

  private static void writeField(
      JsonText json, String member, PolicyTemplate template, String field) {
    template.field(field).ifPresent(value -> json.member(member, value));
  }
}
