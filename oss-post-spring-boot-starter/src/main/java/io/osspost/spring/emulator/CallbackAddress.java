package io.osspost.spring.emulator;

import java.net.URI;
import java.util.Optional;

/** The address of this application for callbacks, without types that only web servers have. */
@FunctionalInterface
interface CallbackAddress {
  /** Returns the address; empty if no server starts, or a property sets or disables it. */
  Optional<URI> callbackUrl();
}
