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

  /** The HTTP method in upper case. */
  String method();

  /** The whole path as it arrived, still encoded, with its first slash and without the query. */
  String rawPath();

  /** What followed the question mark, as it arrived; empty when there was no question mark. */
  Optional<String> rawQuery();

  /** The first header of that name, in any case. */
  Optional<String> header(String name);

  /**
   * The body's bytes as they arrived; asked for once. An adapter may stop reading after one byte
   * more than {@link #MAX_BODY_BYTES}.
   */
  byte[] body();
}
