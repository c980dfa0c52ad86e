package io.osspost.spring.emulator;

import java.net.URI;
import java.util.Optional;

/** Knows where this application is called back; free of types that only web servers bring. */
@FunctionalInterface
interface CalledBack {
  /** Where OSS calls back; nothing when no server starts, or a property says where or not to. */
  Optional<URI> callbackUrl();
}
