package io.osspost.client;

import java.util.Map;
import java.util.Optional;

/**
 * OSS's response to one request.
 *
 * @param status the HTTP status
 * @param headers by their names in lower case
 * @param body empty for {@code HEAD}
 */
record OssAnswer(int status, Map<String, String> headers, String body) {
  /** Returns the header with that name in lower case; empty if it is missing or empty. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).filter(value -> !value.isEmpty());
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
