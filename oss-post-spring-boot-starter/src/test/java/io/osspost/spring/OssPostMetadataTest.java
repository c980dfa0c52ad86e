package io.osspost.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.settings.UploadSettings;
import io.osspost.spring.web.OssPostServletAutoConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** The properties' metadata for an IDE: the same list that core reads. */
class OssPostMetadataTest {
  private static final String OF_DEFAULT = "oss.post.profiles.default.";

  private final JsonNode metadata = metadata();

  @Test
  void everyPropertyHasATypeADescriptionAndADefault() {
    properties()
        .forEach(
            (name, property) -> {
              String description = property.path("description").asText();
              assertThat(property.path("type").asText()).as(name).isNotBlank();
              assertThat(description).as(name).endsWith(".");
              if (property.path("defaultValue").isMissingNode()) {
                assertThat(description)
                    .as(name)
                    .containsAnyOf("Defaults to", "Required.", "Optional.");
              }
            });
  }

  @Test
  void everySettingOfCoreIsAProperty() {
    List<String> ofCore =
        UploadSettings.names().stream()
            .map(name -> "oss.post." + name.replace("<name>", "default").replace(".<key>", ""))
            .toList();
    assertThat(properties().keySet())
        .filteredOn(name -> name.startsWith("oss.post."))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    ofCore.stream(), Stream.of("oss.post.profiles", "oss.post.emulator.enabled"))
                .toList());
  }

  /** Without it Boot would load every class to learn its conditions and its order. */
  @Test
  void metadataContainsEveryAutoConfiguration() throws IOException {
    Properties conditions = new Properties();
    try (InputStream told = resource("spring-autoconfigure-metadata.properties")) {
      conditions.load(told);
    }
    for (String configuration : ImportCandidates.load(AutoConfiguration.class, null)) {
      if (configuration.startsWith("io.osspost.")) {
        assertThat(conditions).containsKey(configuration);
      }
    }
    assertThat(conditions)
        .containsEntry(
            OssPostServletAutoConfiguration.class.getName() + ".ConditionalOnWebApplication",
            "SERVLET");
  }

  @Test
  void theProfileNamedDefaultIsDescribedLikeAnyOther() {
    assertThat(
            Arrays.stream(OssPostProperties.Profile.class.getRecordComponents())
                .map(
                    component ->
                        OF_DEFAULT
                            + DataObjectPropertyName.toDashedForm(component.getName())
                            + " "
                            + component.getGenericType().getTypeName().replace(", ", ",")))
        .containsExactlyInAnyOrderElementsOf(
            properties().entrySet().stream()
                .filter(property -> property.getKey().startsWith(OF_DEFAULT))
                .map(
                    property -> property.getKey() + " " + property.getValue().path("type").asText())
                .toList());
  }

  @Test
  void whatHasFewValuesNamesThem() {
    assertThat(values("credentials.type"))
        .containsExactly("env", "static", "sts", "ecs", "oidc", "uri", "cli-profile", "chain");
    assertThat(values("signature-version")).containsExactly("v4", "v1");
    assertThat(values("pin")).containsExactly("all", "documented");
    assertThat(values("region")).contains("cn-hangzhou", "ap-southeast-1");
    assertThat(values("profiles.default.formats"))
        .containsExactly("form", "v4", "v1", "legacy", "text");
    assertThat(values("profiles.default.grants")).containsExactly("post", "put", "token");
    assertThat(values("profiles.default.acl")).contains("private", "public-read");
    assertThat(values("profiles.default.storage-class")).contains("Standard", "IA");
  }

  @Test
  void everyHintIsForAPropertyThereIs() {
    metadata
        .get("hints")
        .forEach(hint -> assertThat(properties()).containsKey(hint.get("name").asText()));
  }

  private Map<String, JsonNode> properties() {
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    metadata.get("properties").forEach(each -> properties.put(each.get("name").asText(), each));
    return properties;
  }

  private List<String> values(String property) {
    return StreamSupport.stream(metadata.get("hints").spliterator(), false)
        .filter(hint -> hint.get("name").asText().equals("oss.post." + property))
        .flatMap(hint -> StreamSupport.stream(hint.get("values").spliterator(), false))
        .map(value -> value.get("value").asText())
        .toList();
  }

  private static JsonNode metadata() {
    try (InputStream json = resource("spring-configuration-metadata.json")) {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) {
    return OssPostProperties.class.getResourceAsStream("/META-INF/" + name);
  }
}
