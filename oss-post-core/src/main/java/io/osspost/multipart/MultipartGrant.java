package io.osspost.multipart;

import io.osspost.object.ObjectKey;
import io.osspost.ticket.MultipartUpload;
import io.osspost.wire.JsonText;

/** A started upload in parts, and the URLs of its first parts. Immutable. */
public final class MultipartGrant {
  private final MultipartUpload upload;
  private final String ticket;
  private final PartUrls urls;

  MultipartGrant(MultipartUpload upload, String ticket, PartUrls urls) {
    this.upload = upload;
    this.ticket = ticket;
    this.urls = urls;
  }

  /** {@return the upload: its object, its size and the size of its parts} */
  public MultipartUpload upload() {
    return upload;
  }

  /** {@return the object} */
  public ObjectKey key() {
    return upload.key();
  }

  /** {@return the ticket, with which the same caller continues the upload} */
  public String ticket() {
    return ticket;
  }

  /** {@return the URLs of the first parts} */
  public PartUrls urls() {
    return urls;
  }

  /** {@return the response to a page: JSON in UTF-8} */
  public byte[] toJson() {
    JsonText json = new JsonText().openObject().member("key", upload.key().value());
    json.member("partSize", upload.partSize()).member("partCount", upload.partCount());
    json.member("ticket", ticket).member("expiresAt", upload.terms().expiresAt().toString());
    return urls.writeTo(json).closeObject().toBytes();
  }

  /** Returns the object, never the ticket. */
  @Override
  public String toString() {
    return "MultipartGrant[" + upload.terms().bucket() + "/" + upload.key() + "]";
  }
}
