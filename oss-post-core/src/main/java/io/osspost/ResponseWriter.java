package io.osspost;

import io.osspost.PagePolicy.Field;
import io.osspost.Ticketing.IssuedTicket;
import io.osspost.admission.AdmittedUpload;
import io.osspost.object.ObjectKey;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.PolicyTemplate;
import io.osspost.sign.SignedPolicy;
import io.osspost.wire.JsonText;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the response in one format, as JSON. The beginning is written once for all forms of one
 * second. The policy, the signature and the fields of one upload follow. Immutable.
 */
abstract sealed class ResponseWriter {
  /** Returns the writer of {@code format}. */
  static ResponseWriter of(PostFormat format, UploadProfile profile, PagePolicy policy) {
    return switch (format) {
      case FORM -> new Fields(profile, policy);
      case V4 -> Tutorial.V4;
      case V1 -> Tutorial.V1;
      case LEGACY -> Tutorial.LEGACY;
      case WECHAT -> Tutorial.WECHAT;
    };
  }

  /** Writes the members before the policy. */
  abstract void begin(JsonText json, PolicyTemplate template, URI url, Instant now, Instant end);

  /** Writes the members after the policy. */
  abstract void end(
      JsonText json,
      SignedPolicy signed,
      AdmittedUpload upload,
      List<Field> uploadFields,
      Optional<IssuedTicket> issued);

  /** Returns the usual length of the members after the policy, in bytes. */
  abstract int lengthOfEnd();

  /** Format {@code form}: the page sends the member {@code fields} unchanged. */
  private static final class Fields extends ResponseWriter {
    private final Map<String, String> common;
    private final byte[] limits;

    Fields(UploadProfile profile, PagePolicy policy) {
      this.common = policy.common();
      JsonText json = new JsonText();
      json.member("minSize", profile.minSize()).member("maxSize", SingleRequest.maxSize(profile));
      this.limits = json.name("contentTypes").values(profile.contentTypes()).toBytes();
    }

    @Override
    void begin(JsonText json, PolicyTemplate template, URI url, Instant now, Instant end) {
      json.member("method", "POST").member("url", url.toString());
      json.name("headers").openObject().closeObject();
      json.member("expiresAt", end.toString());
      json.member("expiresInSeconds", Duration.between(now, end).toSeconds());
      json.member("serverTime", now.toString());
      json.name("fields").openObject();
      template.signatureFields().forEach(json::member);
      common.forEach(json::member);
    }

    @Override
    void end(
        JsonText json,
        SignedPolicy signed,
        AdmittedUpload upload,
        List<Field> uploadFields,
        Optional<IssuedTicket> issued) {
      json.name(signed.signatureField()).plainValue(signed.signatureText());
      for (Field field : uploadFields) {
        json.member(field.name(), field.value());
      }
      json.closeObject();
      upload.key().ifPresent(key -> json.member("key", key.value()));
      issued.ifPresent(ticket -> ticket.writeTo(json));
      json.name("limits").openObject();
      if (upload.key().isEmpty()) {
        json.member("keyPrefix", upload.prefix());
      }
      json.members(limits).closeObject();
    }

    @Override
    int lengthOfEnd() {
      return 1024;
    }
  }

  /** A tutorial's format: flat members with the names that the tutorial's page reads. */
  private static final class Tutorial extends ResponseWriter {
    private static final String VERSION = "x-oss-signature-version";

    static final Tutorial V4 =
        new Tutorial(
            List.of(
                new Member("version", VERSION),
                new Member("x_oss_signature_version", VERSION),
                new Member("x_oss_credential", "x-oss-credential"),
                new Member("x_oss_date", "x-oss-date"),
                new Member("security_token", "x-oss-security-token")),
            List.of());

    static final Tutorial V1 =
        new Tutorial(List.of(new Member("ossAccessKeyId", "OSSAccessKeyId")), List.of());

    static final Tutorial LEGACY =
        new Tutorial(List.of(new Member("accessid", "OSSAccessKeyId")), List.of("callback"));

    static final Tutorial WECHAT =
        new Tutorial(
            List.of(
                new Member("OSSAccessKeyId", "OSSAccessKeyId"),
                new Member("x-oss-security-token", "x-oss-security-token")),
            List.of());

    /** A member of the response, and the signature field that has its value. */
    record Member(String name, String field) {}

    private final List<Member> signature;
    private final List<String> uploadMembers;

    private Tutorial(List<Member> signature, List<String> uploadMembers) {
      this.signature = signature;
      this.uploadMembers = uploadMembers;
    }

    @Override
    void begin(JsonText json, PolicyTemplate template, URI url, Instant now, Instant end) {
      for (Member member : signature) {
        template.field(member.field).ifPresent(value -> json.member(member.name, value));
      }
      json.member("host", url.toString()).member("expire", end.getEpochSecond());
    }

    @Override
    void end(
        JsonText json,
        SignedPolicy signed,
        AdmittedUpload upload,
        List<Field> uploadFields,
        Optional<IssuedTicket> issued) {
      json.name("signature").plainValue(signed.signatureText());
      json.member("dir", upload.prefix());
      // Tutorial pages name the object themselves. If the request names a file, the response
      // contains the key.
      upload.key().map(ObjectKey::value).ifPresent(key -> json.member("key", key));
      for (Field field : uploadFields) {
        if (uploadMembers.contains(field.name())) {
          json.member(field.name(), field.value());
        }
      }
    }

    @Override
    int lengthOfEnd() {
      return 192;
    }
  }
}
