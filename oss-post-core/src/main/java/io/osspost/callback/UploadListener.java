package io.osspost.callback;

/**
 * Receives uploads. Called on the thread that received OSS's callback, from several threads at
 * once, and once per upload within the limits of the {@linkplain CallbackMemory memory}.
 *
 * <p>OSS waits five seconds for the response, so move longer work to another thread. If the
 * listener throws, OSS reports to the uploader that the callback failed, although the object is
 * stored. The event is forgotten, and reported again if the request is repeated; OSS itself does
 * not repeat it.
 *
 * <p>An {@link AnsweringListener} also answers the page.
 */
@FunctionalInterface
public interface UploadListener {
  /**
   * Receives one upload that OSS reported and whose ticket is valid.
   *
   * @param object the upload and the caller that it was granted to
   */
  void uploaded(UploadedObject object);

  /**
   * Receives one upload, and returns the answer for the page. Calls {@link #uploaded} and returns
   * no answer by default.
   *
   * @param object the upload and the caller that it was granted to
   * @return the answer, which the page receives for every report of this upload
   */
  default UploadAnswer answer(UploadedObject object) {
    uploaded(object);
    return UploadAnswer.none();
  }
}
