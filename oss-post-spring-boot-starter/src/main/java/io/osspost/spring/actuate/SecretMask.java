package io.osspost.spring.actuate;

import io.osspost.settings.SecretNames;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Masks secrets even if an application shows all values: by the name of the property or variable in
 * any spelling, and by the value wherever it occurs, such as in a placeholder's source or in a
 * document of several properties.
 */
final class SecretMask implements SanitizingFunction {
  private static final int SHORTEST_VALUE = 8;

  private static final String PREFIX = "oss.post.";

  private static final Set<String> NAMES =
      Stream.concat(
              SecretNames.ofSettings().stream().map(PREFIX::concat),
              SecretNames.ofEnvironment().stream())
          .map(SecretMask::normalized)
          .collect(Collectors.toUnmodifiableSet());

  private final List<String> values;

  SecretMask(Environment environment) {
    Binder settings = Binder.get(environment);
    this.values =
        Stream.concat(
                SecretNames.ofSettings().stream()
                    .map(name -> settings.bind(PREFIX + name, String.class).orElse("")),
                SecretNames.ofEnvironment().stream().map(name -> environment.getProperty(name, "")))
            .map(String::strip)
            .filter(value -> value.length() >= SHORTEST_VALUE)
            .toList();
  }

  @Override
  public SanitizableData apply(SanitizableData data) {
    return NAMES.contains(normalized(data.getKey())) || holdsSecret(data.getValue())
        ? data.withSanitizedValue()
        : data;
  }

  private static String normalized(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private boolean holdsSecret(@Nullable Object value) {
    return value != null && values.stream().anyMatch(value.toString()::contains);
  }
}
