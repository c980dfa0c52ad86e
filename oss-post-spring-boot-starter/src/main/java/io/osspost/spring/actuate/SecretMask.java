package io.osspost.spring.actuate;

import io.osspost.spring.OssPostProperties;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Masks what signs even where an application shows all values: by the name of the property or
 * variable in any spelling, and by its value wherever that stands, such as in a placeholder's
 * source or in a document of several properties.
 */
final class SecretMask implements SanitizingFunction {
  private static final int SHORTEST_VALUE = 8;

  private static final Set<String> NAMES =
      Set.of(
          "osspostcredentialsaccesskeysecret",
          "osspostcredentialssecuritytoken",
          "osspostcallbackticketsecret",
          "ossaccesskeysecret",
          "osssessiontoken",
          "alibabacloudaccesskeysecret",
          "alibabacloudsecuritytoken");

  private final List<String> values;

  SecretMask(OssPostProperties properties) {
    this.values =
        Stream.of(
                properties.credentials().accessKeySecret(),
                properties.credentials().securityToken(),
                properties.callback().ticketSecret())
            .filter(Objects::nonNull)
            .filter(value -> value.length() >= SHORTEST_VALUE)
            .toList();
  }

  @Override
  public SanitizableData apply(SanitizableData data) {
    return NAMES.contains(spelledAlike(data.getKey())) || holdsSecret(data.getValue())
        ? data.withSanitizedValue()
        : data;
  }

  private static String spelledAlike(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private boolean holdsSecret(@Nullable Object value) {
    return value != null && values.stream().anyMatch(value.toString()::contains);
  }
}
