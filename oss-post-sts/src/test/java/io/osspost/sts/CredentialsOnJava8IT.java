package io.osspost.sts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.osspost.UploadGrants;
import io.osspost.emulator.OssEmulator;
import io.osspost.testsupport.FormPost;
import io.osspost.testsupport.Java8;
import io.osspost.testsupport.PackagedProgram;
import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The types of credentials in a program of Java 8, with the jars that the documents name. */
class CredentialsOnJava8IT {
  private static final Path JAR = Path.of(System.getProperty("java8.jar"));
  private static final Path CAFFEINE = Path.of(System.getProperty("java8.libraries"));
  private static final int JAVA_8 = 52;

  @TempDir Path folder;

  @Test
  void everyClassIsOursAndOfJava8() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<JarEntry> classes =
          jar.stream().filter(entry -> entry.getName().endsWith(".class")).toList();
      assertThat(classes).hasSizeGreaterThan(20);
      for (JarEntry entry : classes) {
        assertThat(entry.getName()).startsWith("io/osspost/");
        try (InputStream in = jar.getInputStream(entry)) {
          assertThat(in.readNBytes(8)[7]).as(entry.getName()).isEqualTo((byte) JAVA_8);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"static", "env", "sts", "ecs"})
  void signsFormsThatOssAccepts(String type) throws Exception {
    Path java8 = Java8.launcher();
    String classPath = classPath();
    compile(classPath);
    try (OssEmulator oss = OssEmulator.builder().inMemory().stsPort(0).metadataPort(0).start();
        PackagedProgram program =
            PackagedProgram.start(
                command(java8, classPath, settings(oss, type)), folder, environment(oss, type))) {
      assertThat(program.exitCode()).as(program.output()).isZero();
      assertThat(program.output()).contains("Java 1.8");
      JsonObject grant = grantIn(program.output());
      Map<String, String> fields = new LinkedHashMap<>();
      grant
          .getAsJsonObject("fields")
          .entrySet()
          .forEach(field -> fields.put(field.getKey(), field.getValue().getAsString()));
      assertThat(fields.containsKey("x-oss-security-token"))
          .isEqualTo(List.of("sts", "ecs").contains(type));
      assertThat(
              FormPost.send(
                      URI.create(grant.get("url").getAsString()),
                      fields,
                      "a.png",
                      "image/png",
                      "a photo".getBytes(UTF_8))
                  .statusCode())
          .isEqualTo(200);
    }
  }

  private static JsonObject grantIn(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .findFirst()
        .orElseThrow(() -> new AssertionError(output));
  }

  private static List<String> settings(OssEmulator oss, String type) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "bucket=" + oss.bucket(),
                "region=" + oss.region(),
                "endpoint=" + oss.endpoint(),
                "allow-anonymous=true",
                "credentials.type=" + type));
    List<String> key =
        List.of(
            "credentials.access-key-id=" + oss.accessKeyId(),
            "credentials.access-key-secret=" + oss.accessKeySecret());
    switch (type) {
      case "static" -> settings.addAll(key);
      case "sts" -> {
        settings.addAll(key);
        settings.add("credentials.source=static");
        settings.add("credentials.role-arn=" + oss.roleArn());
        settings.add("credentials.sts-endpoint=" + oss.stsEndpoint());
      }
      case "ecs" -> settings.add("credentials.metadata-endpoint=" + oss.metadataEndpoint());
      default -> {}
    }
    return settings;
  }

  private static Map<String, String> environment(OssEmulator oss, String type) {
    return type.equals("env")
        ? Map.of(
            "OSS_ACCESS_KEY_ID", oss.accessKeyId(), "OSS_ACCESS_KEY_SECRET", oss.accessKeySecret())
        : Map.of();
  }

  private List<String> command(Path java, String classPath, List<String> settings) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(
        List.of("-Xverify:all", "-cp", classPath + File.pathSeparator + folder, "java8.GrantOnce"));
    command.addAll(settings);
    return command;
  }

  /** Compiles the program against the jars, as an application of Java 8 does. */
  private void compile(String classPath) {
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
                classPath,
                "-d",
                folder.toString(),
                "src/test/java8/java8/GrantOnce.java");
    assertThat(failed).isZero();
  }

  /** The edition, the dependencies of the module, and the caffeine that runs on Java 8. */
  private static String classPath() throws Exception {
    Path core =
        Path.of(UploadGrants.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Path> jars = new ArrayList<>();
    jars.add(JAR.toAbsolutePath());
    jars.add(Path.of(core.toString().replace(".jar", "-java8.jar")));
    try (Stream<Path> caffeine = Files.list(CAFFEINE)) {
      caffeine.map(Path::toAbsolutePath).forEach(jars::add);
    }
    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            path ->
                Stream.of("/com/aliyun/", "/gson/", "/slf4j-api/", "/commons-codec/")
                    .anyMatch(Path.of(path).toUri().getPath()::contains))
        .map(Path::of)
        .forEach(jars::add);
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
