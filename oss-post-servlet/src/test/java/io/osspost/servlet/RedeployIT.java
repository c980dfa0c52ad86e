package io.osspost.servlet;

import static io.osspost.servlet.Deployed.granted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import io.osspost.servlet.ServletContainer.Kind;
import java.io.File;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A WAR that is deployed and removed, with credentials that a thread refreshes and tokens for
 * clients.
 */
@ParameterizedClass
@MethodSource("kinds")
class RedeployIT {
  private static final Path JAVA_8_LIBRARIES = Path.of(System.getProperty("java8.libraries"));

  /** The jars that the credentials of STS need are in a local repository, and in a module. */
  private static final List<String> OF_STS =
      List.of(
          "oss-post-sts",
          "/com/aliyun/",
          "/ben-manes/",
          "/gson/",
          "/slf4j-api/",
          "/commons-codec/");

  @TempDir static Path folder;
  private static OssEmulator oss;
  private static ServletContainer container;
  private static Path war;
  private static Path empty;

  @Parameter Kind kind;

  static Stream<Kind> kinds() {
    return Kind.tested().filter(EnumSet.of(Kind.TOMCAT_11, Kind.TOMCAT_9_ON_JAVA_8)::contains);
  }

  @BeforeParameterizedClassInvocation
  static void start(Kind kind) throws Exception {
    oss = OssEmulator.builder().stsPort(0).start();
    container = ServletContainer.start(kind, List.of());
    war =
        new WebArchive(kind.namespace())
            .libraries(libraries(kind.namespace()))
            .contextParameters(
                "oss.post.bucket", oss.bucket(),
                "oss.post.region", oss.region(),
                "oss.post.endpoint", oss.endpoint().toString(),
                "oss.post.credentials.type", "sts",
                "oss.post.credentials.source", "static",
                "oss.post.credentials.role-arn", oss.roleArn(),
                "oss.post.credentials.access-key-id", oss.accessKeyId(),
                "oss.post.credentials.access-key-secret", oss.accessKeySecret(),
                "oss.post.credentials.sts-endpoint", oss.stsEndpoint().toString(),
                "oss.post.token.role-arn", oss.roleArn(),
                "oss.post.allow-anonymous", "true",
                "oss.post.profiles.default.dir", "shared/",
                "oss.post.profiles.default.grants", "post, put, token",
                "oss.post.profiles.second.dir", "shared/")
            .write(folder.resolve(kind + "-temporary.war"), kind, List.of());
    empty =
        WebArchive.withoutLibraries(kind.namespace())
            .write(folder.resolve(kind + "-empty.war"), kind, List.of());
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    container.close();
    oss.close();
  }

  @Test
  void aFewRedeploysLeaveNothingBehind() throws Exception {
    redeploy(5);
  }

  @Test
  @Tag("full")
  void fiftyRedeploysLeaveNothingBehind() throws Exception {
    redeploy(50);
  }

  private static void redeploy(int times) throws Exception {
    once();
    List<String> threads = threads();
    for (int i = 0; i < times; i++) {
      once();
    }
    // Tomcat keeps a reference to the last application that it ran, so the test runs another one.
    container.deploy("/empty", empty);
    container.undeploy("/empty");
    assertThat(container.classLoaders("/temporary")).isZero();
    assertThat(threads()).hasSameSizeAs(threads);
  }

  private static void once() throws Exception {
    container.deploy("/temporary", war);
    Wire wire = new Wire(container.port());
    granted(wire.get("/temporary/get_post_signature_for_oss_upload?format=form"));
    // A retry compares the terms of two grants, which are records.
    for (String path : List.of("post_signature", "presigned_url")) {
      String grant = "/temporary/get_" + path + "_for_oss_upload?filename=a.txt&size=5";
      String ticket = granted(wire.get(grant)).path("ticket").asText();
      granted(wire.get(grant + "&retry=" + URLEncoder.encode(ticket, UTF_8)));
    }
    granted(wire.get("/temporary/get_post_signature_for_oss_upload?profile=second"));
    assertThat(granted(wire.get("/temporary/get_sts_token_for_oss_upload")).has("SecurityToken"))
        .isTrue();
    assertThat(container.threads()).anyMatch(name -> name.startsWith("oss-post"));
    container.undeploy("/temporary");
    assertThat(container.threads()).noneMatch(name -> name.startsWith("oss-post"));
  }

  /** Without the threads of pools, whose number varies. */
  private static List<String> threads() {
    return container.threads().stream()
        .filter(name -> !name.matches("(http-nio|Catalina-utility|ForkJoinPool|HttpClient).*"))
        .collect(toList());
  }

  private static List<Path> libraries(Namespace namespace) throws IOException {
    List<Path> libraries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(jar -> OF_STS.stream().anyMatch(jar.toUri().getPath()::contains))
            .collect(toList());
    if (namespace == Namespace.JAVA8) {
      libraries.removeIf(jar -> jar.toString().contains("caffeine"));
      libraries.replaceAll(RedeployIT::forJava8);
      try (Stream<Path> further = Files.list(JAVA_8_LIBRARIES)) {
        further.forEach(libraries::add);
      }
    }
    return libraries;
  }

  private static Path forJava8(Path jar) {
    String name = jar.getFileName().toString();
    return name.startsWith("oss-post-sts")
        ? jar.resolveSibling(name.replace(".jar", "-java8.jar"))
        : jar;
  }
}
