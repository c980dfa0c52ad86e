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
import org.springframework.core.env.PropertyResolver;

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
          "osspostcredentialsuri",
          "alibabacloudcredentialsuri",
          "ossaccesskeysecret",
          "osssessiontoken",
          "alibabacloudaccesskeysecret",
          "alibabacloudsecuritytoken",
          "alibabacloudsessiontoken");

  /** Where types of credentials look besides the properties. */
  private static final List<String> ELSEWHERE =
      List.of(
          "OSS_ACCESS_KEY_SECRET",
          "OSS_SESSION_TOKEN",
          "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
          "ALIBABA_CLOUD_SECURITY_TOKEN",
          "ALIBABA_CLOUD_CREDENTIALS_URI",
          "alibabacloud.accessKeySecret",
          "alibabacloud.sessionToken");

  private final List<String> values;

  SecretMask(OssPostProperties properties, PropertyResolver environment) {
    this.values =
        Stream.concat(
                Stream.of(
                    properties.credentials().accessKeySecret(),
                    properties.credentials().securityToken(),
                    properties.callback().ticketSecret(),
                    properties.credentials().uri()),
                ELSEWHERE.stream().map(environment::getProperty))
            .filter(Objects::nonNull)
            .map(String::strip)
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
