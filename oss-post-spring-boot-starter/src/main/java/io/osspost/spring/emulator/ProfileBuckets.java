package io.osspost.spring.emulator;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The buckets that profiles name, so that the emulator has them too. */
final class ProfileBuckets {
  /** The only property of a profile that is needed here. */
  record Profile(String bucket) {}

  private ProfileBuckets() {}

  static Set<String> of(Environment environment) {
    Set<String> buckets = new TreeSet<>();
    Map<String, Profile> profiles =
        Binder.get(environment)
            .bind("oss.post.profiles", Bindable.mapOf(String.class, Profile.class))
            .orElse(Map.of());
    profiles.values().stream()
        .map(Profile::bucket)
        .filter(Objects::nonNull)
        .filter(bucket -> !bucket.isBlank())
        .forEach(buckets::add);
    return buckets;
  }
}
