package io.osspost.callback;

/** Finds the key a request must have been signed with. Called from any thread. */
@FunctionalInterface
interface KeySource {
  /**
   * Returns the key to verify {@code request} with.
   *
   * @throws CallbackRefusedException when the request names no key we trust
   */
  RsaKey keyOf(CallbackRequest request);
}
