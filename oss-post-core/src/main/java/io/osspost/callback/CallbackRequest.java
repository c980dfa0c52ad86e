package io.osspost.callback;

import java.util.Optional;

/**
 * What is read of a request that claims to be OSS's callback. An adapter implements it by copying;
 * nothing here decides.
 *
 * <p>OSS signs path, query and body as it sent them, so nothing of them may be decoded, normalised
 * or parsed and written again.
 */
public interface CallbackRequest {
  /** The most bytes of a body that are looked at. */
  int MAX_BODY_BYTES = 64 * 1024;

  /** {@return the HTTP method in upper case} */
  String method();

  /**
   * {@return the whole path as it arrived, still encoded, with its first slash and without the
   * query}
   */
  String rawPath();

  /**
   * {@return what followed the question mark, as it arrived; empty when there was no question mark}
   */
  Optional<String> rawQuery();

  /**
   * {@return the first header of that name; empty when there is none}
   *
   * @param name the header's name, in any case
   */
  Optional<String> header(String name);

  /**
   * {@return the body's bytes as they arrived; asked for once} An adapter may stop reading after
   * one byte more than {@link #MAX_BODY_BYTES}.
   *
   * @throws java.io.UncheckedIOException when it breaks off
   */
  byte[] body();
}
