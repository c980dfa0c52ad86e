package io.osspost.examples.wars;

import java.util.List;
import java.util.Locale;

/** What a machine may lack: then tests are skipped, unless {@code OSS_POST_REQUIRE} lists it. */
enum Requirement {
  BROWSER,
  DOCKER;

  boolean isRequired() {
    return List.of(System.getenv().getOrDefault("OSS_POST_REQUIRE", "").split(","))
        .contains(name().toLowerCase(Locale.ROOT));
  }
}
