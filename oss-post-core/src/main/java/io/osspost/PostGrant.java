package io.osspost;

import io.osspost.PagePolicy.Field;
import io.osspost.Ticketing.IssuedTicket;
import io.osspost.admission.AdmittedUpload;
import io.osspost.object.ObjectKey;
import io.osspost.sign.SignedPolicy;
import io.osspost.wire.JsonText;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The permission to post one form to OSS: its address and its fields. Immutable.
 *
 * <p>Send it only to the caller that it was made for. Anyone who has it can upload until it
 * expires.
 */
public final class PostGrant {
  private final Map<String, String> common;
  private final ResponseWriter writer;
  private final TemplateCache.Entry template;
  private final AdmittedUpload upload;
  private final List<Field> uploadFields;
  private final SignedPolicy signed;
  private final URI url;
  private final Optional<IssuedTicket> issued;

  PostGrant(
      PagePolicy policy,
      ResponseWriter writer,
      TemplateCache.Entry template,
      AdmittedUpload upload,
      List<Field> uploadFields,
      SignedPolicy signed,
      URI url,
      Optional<IssuedTicket> issued) {
    this.common = policy.common();
    this.writer = writer;
    this.template = template;
    this.upload = upload;
    this.uploadFields = uploadFields;
    this.signed = signed;
    this.url = url;
    this.issued = issued;
  }

  /** {@return the URL to post the form to} */
  public URI url() {
    return url;
  }

  /**
   * {@return the form's fields in the order to send them} The file follows as the last field, named
   * {@code file}. When the client names the object, it adds {@code key}, and in format {@code form}
   * also {@code Content-Type} and {@code x-oss-content-type}.
   */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>(template.template().signatureFields());
    fields.putAll(common);
    fields.put("policy", signed.policy());
    fields.put(signed.signatureField(), signed.signature());
    for (Field field : uploadFields) {
      fields.put(field.name(), field.value());
    }
    return fields;
  }

  /** {@return the object's name, if the server chose it} */
  public Optional<ObjectKey> key() {
    return upload.key();
  }

  /** {@return the object's directory: empty, or ending in a slash} */
  public String prefix() {
    return upload.prefix();
  }

  /** {@return when OSS stops accepting the form, in whole seconds} */
  public Instant expiresAt() {
    return template.expiresAt();
  }

  /** {@return the server's clock when the grant was made, in whole seconds} */
  public Instant serverTime() {
    return template.createdAt();
  }

  /**
   * {@return the ticket, with which the client can request a grant for the same object again; empty
   * in formats without a member for it}
   */
  public Optional<String> ticket() {
    return issued.map(IssuedTicket::ticket);
  }

  SignedPolicy signed() {
    return signed;
  }

  /** {@return the response that a page of this format expects: a JSON text in UTF-8} */
  public byte[] toJson() {
    JsonText json = template.response(writer.lengthOfEnd());
    json.valueEnd(signed.policyEnd());
    writer.end(json, signed, upload, uploadFields, issued);
    return json.closeObject().toBytes();
  }

  /** Names the object or directory, never the signature or the token. */
  @Override
  public String toString() {
    return "PostGrant["
        + upload.key().map(ObjectKey::value).orElse(upload.prefix() + "*")
        + ", until "
        + expiresAt()
        + "]";
  }
}
