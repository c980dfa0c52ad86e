package io.osspost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.emulator.OssEmulator;
import io.osspost.testsupport.FormPost;
import io.osspost.testsupport.Java8;
import io.osspost.testsupport.PackagedProgram;
import io.osspost.testsupport.PartsByHttp;
import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar with classifier {@code java8}, in a program of Java 8. */
class Java8EditionIT {
  private static final Path JAR = Path.of(System.getProperty("java8.jar"));
  private static final int JAVA_8 = 52;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void everyClassIsOursAndOfJava8() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<JarEntry> classes =
          jar.stream().filter(entry -> entry.getName().endsWith(".class")).toList();
      assertThat(classes).hasSizeGreaterThan(200);
      for (JarEntry entry : classes) {
        assertThat(entry.getName()).startsWith("io/osspost/");
        try (InputStream in = jar.getInputStream(entry)) {
          assertThat(in.readNBytes(8)[7]).as(entry.getName()).isEqualTo((byte) JAVA_8);
        }
      }
      assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("io.osspost.core");
    }
  }

  @Test
  void grantsVerifiesCallbacksAndUploadsInParts(@TempDir Path folder) throws Exception {
    Path java8 = Java8.launcher();
    compile(folder);
    try (OssEmulator oss = OssEmulator.builder().inMemory().start();
        PackagedProgram program =
            PackagedProgram.start(command(java8, folder, oss), folder, Map.of())) {
      URI application = URI.create(program.page());
      assertThat(program.output()).contains("Java 1.8");

      JsonNode grant =
          grant(application.resolve("/get_post_signature_for_oss_upload?filename=a.png"));
      Map<String, String> fields = new LinkedHashMap<>();
      grant.get("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
      assertThat(
              FormPost.send(
                      URI.create(grant.get("url").asText()),
                      fields,
                      "a.png",
                      "image/png",
                      "a photo".getBytes(UTF_8))
                  .statusCode())
          .isEqualTo(200);
      program.awaitOutput("Stored " + grant.get("key").asText() + " 7");

      PartsByHttp parts = new PartsByHttp(http, application.toString(), "default");
      String key = parts.upload("b.png", new byte[250_000]);
      program.awaitOutput("Stored " + key + " 250000");
      parts.refusals();
    }
  }

  private JsonNode grant(URI url) throws Exception {
    String json = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(json);
  }

  /** Compiles the program against the jar, as an application of Java 8 does. */
  private static void compile(Path folder) {
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--release",
                "8",
                "-nowarn",
                "-proc:none",
                "-cp",
                JAR.toString(),
                "-d",
                folder.toString(),
                "src/test/java8/java8/GrantServer.java");
    assertThat(failed).isZero();
  }

  private static List<String> command(Path java, Path folder, OssEmulator oss) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(
        List.of(
            "-Xverify:all",
            "-cp",
            JAR.toAbsolutePath() + File.pathSeparator + folder,
            "java8.GrantServer"));
    command.addAll(
        List.of(
            "bucket=" + oss.bucket(),
            "region=" + oss.region(),
            "endpoint=" + oss.endpoint(),
            "credentials.type=static",
            "credentials.access-key-id=" + oss.accessKeyId(),
            "credentials.access-key-secret=" + oss.accessKeySecret(),
            "callback.public-key=" + oss.callbackPublicKeyPem(),
            "allow-anonymous=true",
            "multipart.part-size=100KB",
            "profiles.default.grants=post, multipart"));
    return command;
  }
}
