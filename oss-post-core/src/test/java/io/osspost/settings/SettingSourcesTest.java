package io.osspost.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingSourcesTest {
  @Test
  void theNearerSourceWins() {
    assertThat(
            SettingSources.merge(
                Map.of("bucket", "own"),
                Map.of(
                    "oss.post.bucket", "property", "oss.post.region", "property", "user.dir", "/"),
                Map.of(
                    "OSS_POST_BUCKET", "variable",
                    "OSS_POST_REGION", "variable",
                    "OSS_POST_ENDPOINT", "variable",
                    "PATH", "/bin")))
        .containsOnly(
            Map.entry("bucket", "own"),
            Map.entry("region", "property"),
            Map.entry("endpoint", "variable"));
  }

  @Test
  void findsOneSettingInAllSources() {
    Map<String, String> property = Map.of("oss.post.token.role-arn", "property");
    Map<String, String> variable = Map.of("OSS_POST_TOKEN_ROLE_ARN", "variable");
    assertThat(find(Map.of("token.role-arn", "own"), property, variable)).contains("own");
    assertThat(find(Map.of("bucket", "own"), property, variable)).contains("property");
    assertThat(find(Map.of(), Map.of(), variable)).contains("variable");
    assertThat(find(Map.of(), Map.of(), Map.of())).isEmpty();
  }

  private static Optional<String> find(
      Map<String, String> own, Map<String, String> properties, Map<String, String> environment) {
    return SettingSources.find("token.role-arn", own, properties::get, environment::get);
  }

  @ParameterizedTest
  @CsvSource({
    "CORS_ALLOWED_ORIGINS, cors.allowed-origins",
    "CREDENTIALS_ACCESS_KEY_ID, credentials.access-key-id",
    "PROFILES_AVATARS_MAX_SIZE, profiles.avatars.max-size",
    "PROFILES_MY_PICTURES_CONTENT_TYPES, profiles.my-pictures.content-types",
    "PROFILES_DEFAULT_WHOLE_BUCKET, profiles.default.whole-bucket",
    "PROFILES_DEFAULT_BUCKET, profiles.default.bucket",
    "PROFILES_A_METADATA_SOURCE_ID, profiles.a.metadata.source-id"
  })
  void aVariableIsTheSettingInCapitals(String variable, String setting) {
    assertThat(SettingSources.merge(Map.of(), Map.of(), Map.of("OSS_POST_" + variable, "x")))
        .containsOnlyKeys(setting);
  }

  @Test
  void everySettingHasAVariable() {
    Map<String, String> environment = new HashMap<>();
    for (String name : UploadSettings.names()) {
      String variable = name.replace("<name>", "default").replace("<key>", "a");
      environment.put("OSS_POST_" + variable.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), "x");
    }
    assertThat(SettingSources.merge(Map.of(), Map.of(), environment).keySet())
        .containsExactlyInAnyOrderElementsOf(
            UploadSettings.names().stream()
                .map(name -> name.replace("<name>", "default").replace("<key>", "a"))
                .toList());
  }

  @Test
  void unknownVariablesWarnAndUnknownPropertiesFail() {
    assertThat(
            SettingSources.merge(
                Map.of(), Map.of(), Map.of("OSS_POST_SERVICE_HOST", "10.0.0.1", "OSS_POST_", "x")))
        .isEmpty();
    System.setProperty("oss.post.buckett", "x");
    try {
      assertThatExceptionOfType(InvalidSettingException.class)
          .isThrownBy(() -> UploadSettings.readWithEnvironment(Map.of()))
          .withMessageContaining("Did you mean 'bucket'?");
    } finally {
      System.clearProperty("oss.post.buckett");
    }
  }
}
