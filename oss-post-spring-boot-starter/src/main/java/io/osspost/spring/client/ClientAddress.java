package io.osspost.spring.client;

import io.osspost.object.OssBucket;
import java.net.URI;

/**
 * The address at which the vendor's client reaches a bucket.
 *
 * @param endpoint the address, without the bucket's name if the client adds it
 * @param style the position of the bucket's name
 */
record ClientAddress(String endpoint, Style style) {
  /** The position of the bucket's name. */
  enum Style {
    BUCKET_IN_HOST,
    BUCKET_IN_PATH,
    OWN_DOMAIN
  }

  static ClientAddress of(OssBucket bucket) {
    URI url = bucket.url();
    String authority = url.getRawAuthority();
    String scheme = url.getScheme() + "://";
    String inHost = bucket.name() + ".";
    if (url.getRawPath().startsWith("/" + bucket.name())) {
      return new ClientAddress(scheme + authority, Style.BUCKET_IN_PATH);
    }
    return authority.startsWith(inHost)
        ? new ClientAddress(scheme + authority.substring(inHost.length()), Style.BUCKET_IN_HOST)
        : new ClientAddress(scheme + authority, Style.OWN_DOMAIN);
  }
}
