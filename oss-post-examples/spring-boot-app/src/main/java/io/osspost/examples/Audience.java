package io.osspost.examples;

import io.osspost.settings.UploadSettings;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides which clients may see uploads. This application has no login, so it shows them to every
 * client only while they are in an emulator on this machine.
 */
@Component
class Audience {
  private final boolean emulated;

  Audience(UploadSettings settings) {
    this.emulated = isLoopback(String.valueOf(settings.bucket().url().getHost()));
  }

  boolean admits(@Nullable Principal principal) {
    return emulated || principal != null;
  }

  static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }
}
