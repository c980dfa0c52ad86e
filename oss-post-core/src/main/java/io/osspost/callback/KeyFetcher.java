package io.osspost.callback;

import java.io.IOException;
import java.net.URI;

/** Gets the PEM text of a key; asked only for addresses that were found to be OSS's own. */
@FunctionalInterface
interface KeyFetcher {
  String fetch(URI url) throws IOException;
}
