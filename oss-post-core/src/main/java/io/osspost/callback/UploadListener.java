package io.osspost.callback;

/**
 * Hears of uploads. Called on the thread that received OSS's callback, from several at once, and
 * once per upload as far as the {@linkplain CallbackMemory memory} reaches.
 *
 * <p>OSS waits five seconds for the answer, so hand longer work on. When this throws, the uploader
 * is told that the callback failed, though the object is stored; the event is forgotten and comes
 * again should OSS's request come again, which OSS itself does not do.
 */
@FunctionalInterface
public interface UploadListener {
  /**
   * Hears of one upload that OSS reported and our ticket confirmed.
   *
   * @param object the upload, and who it was granted to
   */
  void uploaded(UploadedObject object);
}
