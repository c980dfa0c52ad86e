package io.osspost.callback;

/**
 * An {@link UploadListener} that answers the page, for example with the id of a database row. The
 * page receives the answer as {@code stored.answer}, by whichever way the server hears of the
 * upload.
 */
@FunctionalInterface
public interface AnsweringListener extends UploadListener {
  /**
   * Receives one upload, and returns the answer for the page.
   *
   * @param object the upload and the caller that it was granted to
   * @return the answer, or {@link UploadAnswer#none}
   */
  @Override
  UploadAnswer answer(UploadedObject object);

  /** Calls {@link #answer} and drops the answer. */
  @Override
  default void uploaded(UploadedObject object) {
    answer(object);
  }
}
