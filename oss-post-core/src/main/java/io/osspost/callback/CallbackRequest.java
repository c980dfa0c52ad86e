package io.osspost.callback;

import java.util.Optional;

/**
 * The parts of an HTTP request that verify a callback. An adapter implements it by copying.
 *
 * <p>OSS signs path, query and body as it sent them, so an implementation must not decode,
 * normalise or rewrite them.
 */
public interface CallbackRequest {
  /** The maximum size of a body in bytes. */
  int MAX_BODY_BYTES = 64 * 1024;

  /** {@return the HTTP method in upper case} */
  String method();

  /**
   * {@return the whole path as received: still encoded, with its first slash, without the query}
   */
  String rawPath();

  /** {@return the part after the question mark as received; empty if there is no question mark} */
  Optional<String> rawQuery();

  /**
   * {@return the first header of that name; empty if there is none}
   *
   * @param name the header's name, in any case
   */
  Optional<String> header(String name);

  /**
   * {@return the body's bytes as received; called once} An adapter may stop reading after one byte
   * more than {@link #MAX_BODY_BYTES}.
   *
   * @throws java.io.UncheckedIOException if the connection breaks
   */
  byte[] body();
}
