package io.osspost.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.settings.UploadSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What an IDE knows of the properties: the same list that core reads. */
class OssPostMetadataTest {
  @Test
  void everySettingOfCoreIsAPropertyWithADescription() throws IOException {
    Set<String> described = new TreeSet<>();
    for (JsonNode property : metadata().get("properties")) {
      assertThat(property.path("description").asText()).as(property.toString()).endsWith(".");
      assertThat(property.path("type").asText()).isNotBlank();
      described.add(property.get("name").asText());
    }
    List<String> ofCore =
        UploadSettings.names().stream()
            .map(name -> "oss.post." + name)
            .filter(name -> !name.contains("<name>"))
            .toList();
    assertThat(described).containsAll(ofCore).contains("oss.post.profiles");
  }

  @Test
  void everySettingOfAProfileIsAComponentOfItsRecord() {
    List<String> ofCore =
        UploadSettings.names().stream()
            .filter(name -> name.startsWith("profiles.<name>."))
            .map(name -> name.substring("profiles.<name>.".length()).replace("-", ""))
            .map(name -> name.replace(".<key>", ""))
            .toList();
    assertThat(OssPostProperties.Profile.class.getRecordComponents())
        .extracting(component -> component.getName().toLowerCase(java.util.Locale.ROOT))
        .containsExactlyInAnyOrderElementsOf(ofCore);
  }

  private static JsonNode metadata() throws IOException {
    try (InputStream json =
        OssPostProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      return new ObjectMapper().readTree(json);
    }
  }
}
