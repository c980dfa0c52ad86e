package io.osspost.callback;

import io.osspost.wire.JsonText;

/**
 * The result of an accepted callback.
 *
 * @param object the reported upload
 * @param isNew whether the listener received it; false for a repeated callback
 */
public record CallbackOutcome(UploadedObject object, boolean isNew) {
  /**
   * {@return the body of the response, which OSS passes to the uploader: JSON in UTF-8, the same
   * for a repeated callback}
   */
  public byte[] toJson() {
    return new JsonText().openObject().member("key", object.key().value()).closeObject().toBytes();
  }
}
