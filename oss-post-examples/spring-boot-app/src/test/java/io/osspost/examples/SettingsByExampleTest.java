package io.osspost.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.settings.UploadSettings;
import io.osspost.spring.OssPostProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Checks that the application.yml of the example names every setting, including unused ones. */
class SettingsByExampleTest {
  @Test
  void everySettingIsThereUnderItsName() throws IOException {
    Set<String> written =
        Set.of(uncommented().getPropertyNames()).stream()
            .filter(name -> name.startsWith("oss.post."))
            .map(name -> name.substring("oss.post.".length()).replaceFirst("\\[\\d+]$", ""))
            .map(name -> name.replaceFirst("^profiles\\.[^.]+", "profiles.<name>"))
            .map(name -> name.replaceFirst("\\.metadata\\..*", ".metadata.<key>"))
            .filter(name -> !name.startsWith("emulator.")) // These belong to the starter.
            .collect(Collectors.toSet());
    assertThat(written).containsExactlyInAnyOrderElementsOf(UploadSettings.names());
  }

  @Test
  void everyExampleBindsToTheStartersProperties() throws IOException {
    Binder binder = new Binder(ConfigurationPropertySources.from(uncommented()));
    OssPostProperties properties =
        binder
            .bind(
                "oss.post",
                Bindable.of(OssPostProperties.class),
                new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
            .get();
    assertThat(properties.bucket()).isEqualTo("examplebucket");
    assertThat(properties.profiles()).containsOnlyKeys("default", "large");
  }

  /** Returns the file with every setting enabled: "#name" becomes "name", "# words" stay words. */
  private static EnumerablePropertySource<?> uncommented() throws IOException {
    String text = Files.readString(Path.of("src/main/resources/application.yml"));
    String all = text.replaceAll("(?m)^(\\s*)#(\\S)", "$1$2");
    return (EnumerablePropertySource<?>)
        new YamlPropertySourceLoader()
            .load("application.yml", new ByteArrayResource(all.getBytes(UTF_8)))
            .get(0);
  }
}
