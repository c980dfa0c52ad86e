package io.osspost.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.settings.UploadSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Compiles and runs the snippets of README.md and docs/. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..", "..");

  @Test
  void everyJavaBlockIsCompiled() throws IOException {
    String compiled =
        squeezed(
            Files.readString(Path.of("src/test/java/io/osspost/examples/ReadmeSnippets.java")));
    List<String> blocks = blocks("java");
    assertThat(blocks).hasSize(3);
    for (String block : blocks) {
      for (String statement : block.split("\n\n|\n}", -1)) {
        String written = statement.replace("OssCredentialsProvider.environment()", "keys");
        assertThat(compiled).contains(squeezed(written));
      }
    }
  }

  @Test
  void javaSnippetsRun() {
    ReadmeSnippets snippets =
        new ReadmeSnippets(OssCredentialsProvider.of(OssCredentials.of("LTAIid", "secret")));
    assertThat(snippets.grant(snippets.grants()))
        .containsEntry("Content-Type", "image/png")
        .hasEntrySatisfying("key", key -> assertThat(key).startsWith("uploads/alice/"));
    assertThat(ReadmeSnippets.filter(snippets.grants())).isNotNull();
    assertThat(ReadmeSnippets.emulator()).isEmpty();
  }

  @Test
  void thePropertiesAndTheCurlLineWork() throws Exception {
    String[] properties = block("properties").strip().split("\n", -1);
    Matcher curl =
        Pattern.compile("curl 'localhost:8080(/\\S+)'").matcher(String.join("\n", blocks("shell")));
    assertThat(curl.find()).isTrue();
    try (ConfigurableApplicationContext application =
        new SpringApplicationBuilder(UploadApplication.class)
            .properties(properties)
            .properties(
                "server.port=0",
                "oss.post.credentials.type=static",
                "oss.post.credentials.access-key-id=LTAIid",
                "oss.post.credentials.access-key-secret=secret")
            .run()) {
      String url = new RunningApplication(application).url(curl.group(1).substring(1));
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
      assertThat(new ObjectMapper().readTree(answer.body()).get("url").asText())
          .isEqualTo("https://examplebucket.oss-cn-hangzhou.aliyuncs.com");
    }
  }

  @Test
  void dependencyMatchesTheBuild() throws IOException {
    String parent = Files.readString(ROOT.resolve("pom.xml"));
    Matcher version = Pattern.compile("<version>(.*?)</version>").matcher(parent);
    assertThat(version.find()).isTrue();
    assertThat(blocks("xml").get(0))
        .contains("<artifactId>oss-post-spring-boot-starter</artifactId>")
        .contains("<version>" + version.group(1) + "</version>");
  }

  @Test
  void theContextParametersOfAWarAreSettings() throws IOException {
    Matcher names =
        Pattern.compile("<param-name>oss\\.post\\.(.*?)</param-name>")
            .matcher(blocks("xml").get(1));
    assertThat(names.results().map(name -> name.group(1)))
        .containsExactly("bucket", "region")
        .isSubsetOf(UploadSettings.names());
  }

  @Test
  void commandsNameFilesOfTheBuild() throws IOException {
    String application = Files.readString(Path.of("pom.xml"));
    assertThat(application).contains("<finalName>spring-boot-app</finalName>");
    assertThat(blocks("shell"))
        .contains(
            "mvn -q -DskipTests package && java -jar"
                + " oss-post-examples/spring-boot-app/target/spring-boot-app.jar\n")
        .contains("mvn verify\n");
    assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("mvn -B -ntp verify\n");
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    Matcher links = Pattern.compile("\\]\\(([^)#]+)\\)").matcher(readme());
    List<String> targets = new ArrayList<>();
    while (links.find()) {
      targets.add(links.group(1));
    }
    assertThat(targets).hasSizeGreaterThan(5).allMatch(to -> Files.exists(ROOT.resolve(to)));
  }

  @Test
  void everySettingAndEveryRefusalIsInTheDocuments() throws IOException {
    assertThat(Files.readString(ROOT.resolve("docs/settings.md")))
        .contains(UploadSettings.names().stream().map(name -> "| `" + name + "` |").toList());
    String endpoint = Files.readString(ROOT.resolve("docs/endpoint.md"));
    for (Reason reason : Reason.values()) {
      assertThat(endpoint).contains("| `" + reason.code() + "` |");
    }
  }

  static String block(String language) throws IOException {
    List<String> blocks = blocks(language);
    assertThat(blocks).hasSize(1);
    return blocks.get(0);
  }

  private static List<String> blocks(String language) throws IOException {
    Matcher fences =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme());
    List<String> blocks = new ArrayList<>();
    while (fences.find()) {
      blocks.add(fences.group(1));
    }
    return blocks;
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}
