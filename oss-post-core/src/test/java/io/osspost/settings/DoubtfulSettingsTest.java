package io.osspost.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.testsupport.LoggedLines;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that start with one warning, and their neighbours that start without. */
class DoubtfulSettingsTest {
  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "bucket", "examplebucket",
              "region", "cn-hangzhou",
              "credentials.type", "static",
              "credentials.access-key-id", "LTAI5tExampleKeyId12",
              "credentials.access-key-secret", "topsecret"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://oss-cn-hangzhou.aliyuncs.com",
        "http://files.example.com",
        "http://files.example.com:8080",
        "http://10.0.0.7:9000",
        "http://localhost.example.com",
        "http://127.example.com"
      })
  void plainHttpIsWarnedOf(String endpoint) {
    settings.put("endpoint", endpoint);
    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("endpoint begins with http.")
        .contains("pages with https", "mixed content", "Write https");
  }

  @Test
  void plainHttpOfAProfileIsWarnedOf() {
    settings.put("profiles.films.endpoint", "http://files.example.com");
    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("profiles.films.endpoint begins with http.");
  }

  /** Browsers let pages with https send requests to their own machine. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:9000",
        "http://files.localhost:9000",
        "http://127.0.0.1:9000",
        "http://[::1]:9000",
        "https://files.example.com",
        "https://oss-cn-hangzhou.aliyuncs.com",
        "accelerate"
      })
  void usableEndpointIsNotWarnedOf(String endpoint) {
    settings.put("endpoint", endpoint);
    assertThat(warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"uploads/", "uploads/{principal}/", "uploads/{date}/{principal}/"})
  void filesOfOneNameInOneDirectoryAreWarnedOf(String dir) {
    settings.put("profiles.films.dir", dir);
    settings.put("profiles.films.naming", "as-named");
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("Profile 'films'", "image.jpg", "{uuid}", "profiles.films.dir");
  }

  @Test
  void filesOfOneNameAreWarnedOfInEveryProfileWithoutItsOwnNaming() {
    settings.put("naming", "as-named");
    settings.put("profiles.films.dir", "films/");
    settings.put("profiles.songs.dir", "songs/");
    settings.put("profiles.notes.dir", "notes/");
    settings.put("profiles.notes.naming", "date-uuid");
    assertThat(warnings()).hasSize(2).allMatch(line -> line.matches(".*'(films|songs)'.*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"multipart", "put", "post"})
  void filesOfOneNameAreWarnedOfInEveryKindWithAGuard(String kinds) {
    settings.put("profiles.films.dir", "uploads/{principal}/");
    settings.put("profiles.films.naming", "as-named");
    settings.put("profiles.films.grants", kinds);
    assertThat(warnings()).anyMatch(line -> line.contains("image.jpg"));
  }

  @ParameterizedTest
  @CsvSource({
    "dir, uploads/{uuid}/",
    "naming, uuid",
    "naming, date-uuid",
    "forbid-overwrite, false",
    "formats, legacy"
  })
  void filesThatDoNotCollideAreNotWarnedOf(String setting, String value) {
    settings.put("profiles.films.dir", "uploads/");
    settings.put("profiles.films.naming", "as-named");
    settings.put("profiles.films." + setting, value);
    assertThat(warnings()).isEmpty();
  }

  @Test
  void defaultDirectoryIsNotWarnedOf() {
    settings.put("profiles.films.naming", "as-named");
    assertThat(warnings()).isEmpty();
  }

  private List<String> warnings() {
    return LoggedLines.warnings(
        UploadSettings.class.getName(), () -> UploadSettings.read(settings).open().close());
  }
}
