package io.osspost.callback;

import io.osspost.wire.JsonText;

/**
 * What became of a callback that was accepted.
 *
 * @param object the upload it tells of
 * @param isNew whether the listener heard of it; false for a repeat
 */
public record CallbackOutcome(UploadedObject object, boolean isNew) {
  /**
   * {@return the answer for OSS to hand to the uploader: JSON in UTF-8, and the same for a repeat}
   */
  public byte[] toJson() {
    return new JsonText().openObject().member("key", object.key().value()).closeObject().toBytes();
  }
}
