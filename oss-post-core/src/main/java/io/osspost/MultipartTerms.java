package io.osspost;

import io.osspost.ticket.GrantTerms;
import java.util.Map;

/**
 * What an upload in parts is granted, before OSS starts it. Immutable.
 *
 * @param terms the terms, with one object, one exact size, and no end yet
 * @param headers the headers with which OSS starts the upload: type, storage class, metadata
 */
public record MultipartTerms(GrantTerms terms, Map<String, String> headers) {
  /**
   * Copies the headers.
   *
   * @param terms with one object and one size
   * @param headers by name
   */
  public MultipartTerms {
    headers = Map.copyOf(headers);
  }
}
