package io.osspost.sign;

import io.osspost.credentials.OssCredentials;
import java.time.Instant;

/** One way to sign a request in its query. Called from any thread. */
interface UrlSignature {
  /**
   * Returns a URL for {@code request}, in ASCII.
   *
   * @param resource the URL up to its query
   * @param start when the URL is made, in whole seconds
   * @param end when it expires, in whole seconds
   */
  byte[] url(
      String resource,
      ObjectRequest request,
      OssCredentials credentials,
      Instant start,
      Instant end);
}
