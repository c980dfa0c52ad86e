package io.osspost.callback;

import io.osspost.wire.JsonText;
import java.util.Optional;

/**
 * The result of an accepted report: of a callback, a confirmation or a completion.
 *
 * @param object the reported upload
 * @param isNew whether the listener received it; false for a repeated report
 * @param answer the answer of the listener for the page, as JSON; the same for a repeated report
 */
public record CallbackOutcome(UploadedObject object, boolean isNew, Optional<String> answer) {
  /**
   * {@return the body of the response, which OSS passes to the uploader: JSON in UTF-8, the same
   * for a repeated callback}
   */
  public byte[] toJson() {
    JsonText json = new JsonText().openObject().member("key", object.key().value());
    addAnswer(json);
    return json.closeObject().toBytes();
  }

  /** Adds the member {@code answer}, if there is one. */
  private void addAnswer(JsonText json) {
    answer.ifPresent(value -> json.name("answer").plainText(value));
  }

  /**
   * {@return the response to a page that asked this server, with the properties of the object: JSON
   * in UTF-8}
   */
  public byte[] toDetailedJson() {
    JsonText json = new JsonText().openObject().member("key", object.key().value());
    json.member("size", object.size());
    object.mimeType().ifPresent(type -> json.member("type", type));
    json.member("etag", object.etag());
    object.crc64().ifPresent(crc64 -> json.member("crc64", crc64));
    addAnswer(json);
    return json.closeObject().toBytes();
  }
}
