package io.osspost.sign;

import io.osspost.credentials.OssCredentials;
import java.time.Instant;

/** One way to sign a request in its query. Called from any thread. */
interface UrlSignature {
  /**
   * Returns the whole query of a URL for {@code request}, encoded, with the signature.
   *
   * @param start when the URL is made, in whole seconds
   * @param end when it expires, in whole seconds
   */
  String query(ObjectRequest request, OssCredentials credentials, Instant start, Instant end);
}
