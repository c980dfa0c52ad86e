package io.osspost.servlet;

import static io.osspost.servlet.Deployed.granted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import java.io.File;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A WAR that is deployed and removed, with credentials that a thread refreshes and tokens for
 * clients.
 */
class RedeployIT {
  private static final ServletContainer.Kind KIND = ServletContainer.Kind.TOMCAT_11;

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

  @BeforeAll
  static void start() throws Exception {
    oss = OssEmulator.builder().stsPort(0).start();
    container = ServletContainer.start(KIND, List.of());
    war =
        new WebArchive(KIND.namespace())
            .libraries(libraries())
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
            .write(folder.resolve("temporary.war"), KIND, List.of());
    empty =
        WebArchive.withoutLibraries(KIND.namespace())
            .write(folder.resolve("empty.war"), KIND, List.of());
  }

  @AfterAll
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

  private static List<Path> libraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(jar -> OF_STS.stream().anyMatch(jar.toUri().getPath()::contains))
        .toList();
  }
}
