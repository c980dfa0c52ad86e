package io.osspost.profile;

import java.util.Optional;

/**
 * The parts of a request from which a profile source recognizes a tenant. A client can send any
 * value: a source must look it up, never use it as it is.
 */
public interface RequestView {
  /**
   * {@return the host and port that the client used, such as {@code acme.example.com}; empty if the
   * request has none}
   */
  Optional<String> host();

  /**
   * {@return the value of a header}
   *
   * @param name in any case
   */
  Optional<String> header(String name);

  /** {@return the view of no request, for grants that the application makes itself} */
  static RequestView none() {
    return new RequestView() {
      @Override
      public Optional<String> host() {
        return Optional.empty();
      }

      @Override
      public Optional<String> header(String name) {
        return Optional.empty();
      }
    };
  }
}
