package io.osspost;

import io.osspost.Ticketing.Ticketed;
import io.osspost.object.ObjectKey;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.PolicyTemplate;
import io.osspost.sign.SignedPolicy;
import io.osspost.wire.JsonText;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The permission to post one form to OSS: where to, and with which fields. Immutable.
 *
 * <p>Hand it to nobody but the caller it was made for: whoever holds it can upload until it
 * expires.
 */
public final class PostGrant {
  private final FormShape shape;
  private final UploadProfile profile;
  private final PlannedUpload.Admitted upload;
  private final SignedPolicy signed;
  private final URI url;
  private final OpenTemplates.Open open;
  private final Optional<Ticketed> ticketed;

  PostGrant(
      FormShape shape,
      UploadProfile profile,
      PlannedUpload.Admitted upload,
      SignedPolicy signed,
      URI url,
      OpenTemplates.Open open,
      Optional<Ticketed> ticketed) {
    this.shape = shape;
    this.profile = profile;
    this.upload = upload;
    this.signed = signed;
    this.url = url;
    this.open = open;
    this.ticketed = ticketed;
  }

  /** {@return where the form is posted} */
  public URI url() {
    return url;
  }

  /**
   * {@return the form's fields in the order to send them} The file follows as the last field, named
   * {@code file}. When the client names the object, it adds {@code key}, and in shape {@code form}
   * also {@code Content-Type} and {@code x-oss-content-type}.
   */
  public Map<String, String> fields() {
    return shape.fields(this);
  }

  /** {@return the object's name, when the server chose it} */
  public Optional<ObjectKey> key() {
    return upload.key();
  }

  /** {@return the directory the object goes to: empty, or ending in a slash} */
  public String prefix() {
    return upload.prefix();
  }

  /** {@return when OSS stops accepting the form, in whole seconds} */
  public Instant expiresAt() {
    return open.expiresAt();
  }

  /** {@return the server's clock when the grant was made, in whole seconds} */
  public Instant serverTime() {
    return open.openedAt();
  }

  /**
   * {@return what the client shows to have the same object granted again, in shapes that tell it}
   */
  public Optional<String> ticket() {
    return ticketed.map(Ticketed::ticket);
  }

  /** The value of field {@code callback}, where OSS shall call. */
  Optional<String> callback() {
    return ticketed.flatMap(Ticketed::callback);
  }

  /** The value of field {@code x-oss-meta-grant}, if the object is marked. */
  Optional<String> mark() {
    return ticketed.flatMap(Ticketed::mark);
  }

  /** {@return the answer a page of this shape expects: a JSON text in UTF-8} */
  public byte[] toJson() {
    JsonText json = JsonText.after(open.answerBeginning(), shape.roomForEnd());
    json.valueEnd(signed.policyEnd());
    shape.endAnswer(json, this);
    return json.closeObject().toBytes();
  }

  PlannedUpload.Admitted upload() {
    return upload;
  }

  UploadProfile profile() {
    return profile;
  }

  SignedPolicy signed() {
    return signed;
  }

  PolicyTemplate template() {
    return open.template();
  }

  /** What the answer says of the profile's limits. */
  byte[] limits() {
    return open.limits();
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
