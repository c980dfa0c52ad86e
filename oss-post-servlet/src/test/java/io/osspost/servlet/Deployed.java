package io.osspost.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.emulator.OssEmulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The tests' WARs in one container: {@code /shop} with four filters, {@code /zero} with context
 * parameters alone, {@code /quiet} that names no bucket, {@code /by-hand} that registers the filter
 * in code, {@code /served} with a servlet, {@code /old} with an earlier filter of the application.
 * Each container is started once for all tests.
 */
final class Deployed {
  static final OssEmulator OSS = OssEmulator.start();

  private static final Map<ServletContainer.Kind, Deployed> ALL =
      new EnumMap<>(ServletContainer.Kind.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServletContainer container;
  private final Path folder;

  private Deployed(ServletContainer container, Path folder) {
    this.container = container;
    this.folder = folder;
  }

  /** A container that failed is not started again for every test. */
  static synchronized Deployed in(ServletContainer.Kind kind) {
    Path launcher = kind.launcher();
    assertThat(launcher).exists();
    if (!ALL.containsKey(kind)) {
      ALL.put(kind, null);
      ALL.put(kind, deploy(kind));
    }
    return Objects.requireNonNull(ALL.get(kind), () -> kind + " did not start; see its first test");
  }

  ServletContainer container() {
    return container;
  }

  Wire wire() {
    return new Wire(container.port());
  }

  /** Writes a WAR for one test. */
  Path write(String name, WebArchive war, String... classes) throws IOException {
    return war.write(folder.resolve(name + ".war"), container.kind(), List.of(classes));
  }

  /** Returns the JSON of a grant. */
  static JsonNode granted(Wire.Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(answer.header("Content-Length")).contains(String.valueOf(answer.bytes().length));
    assertOurs(answer);
    return JSON.readTree(answer.bytes());
  }

  static void assertRefused(Wire.Answer answer, int status, String code) throws IOException {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertOurs(answer);
    JsonNode problem = JSON.readTree(answer.bytes());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("code").asText()).isEqualTo(code);
    assertThat(problem.path("detail").asText()).isNotBlank();
    assertThat(problem.path("fix").asText()).isNotBlank();
  }

  /** Checks the headers of every answer of the endpoints. */
  static void assertOurs(Wire.Answer answer) {
    assertThat(answer.header("Cache-Control")).as(answer.toString()).contains("no-store");
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.header("Vary").orElse("")).contains("Origin", "Cookie", "Authorization");
  }

  /** A WAR whose context parameters name the emulator's bucket. */
  static WebArchive withBucket(ServletContainer.Kind kind) {
    return new WebArchive(kind.namespace())
        .contextParameters(
            "oss.post.bucket", OSS.bucket(),
            "oss.post.region", OSS.region(),
            "oss.post.endpoint", OSS.endpoint().toString(),
            "oss.post.credentials.type", "static",
            "oss.post.credentials.access-key-id", OSS.accessKeyId(),
            "oss.post.credentials.access-key-secret", OSS.accessKeySecret(),
            "oss.post.callback.public-key", OSS.callbackPublicKeyPem());
  }

  private static Deployed deploy(ServletContainer.Kind kind) {
    try {
      ServletContainer container =
          ServletContainer.start(kind, List.of("OSS_POST_REGION=cn-shanghai"));
      Path folder = Files.createTempDirectory("wars");
      Deployed deployed = new Deployed(container, folder);
      String callback = "http://127.0.0.1:" + container.port() + "/shop/oss_upload_callback";
      container.set("oss.post.callback.url", callback);
      container.deploy("/shop", deployed.shop());
      container.deploy("/zero", deployed.zero());
      container.deploy("/quiet", deployed.quiet());
      container.deploy("/by-hand", deployed.byHand());
      container.deploy("/served", deployed.served());
      container.deploy("/old", deployed.old());
      return deployed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path shop() throws IOException {
    WebArchive war =
        withBucket(container.kind())
            .listener("shop.Boxes")
            .filter(
                "uploads",
                "allow-anonymous",
                "true",
                "cors.allowed-origins",
                "https://pages.example.com",
                "upload-listener",
                "shop.Heard",
                "profiles.default.formats",
                "form, legacy",
                "profiles.default.grants",
                "post, put",
                "profiles.tutorial.formats",
                "v1, v4, text",
                "profiles.tutorial.grants",
                "post, put",
                "profiles.tutorial.callback",
                "false",
                "profiles.small.max-size",
                "1KB",
                "profiles.small.content-types",
                "image/png",
                "profiles.edited.roles",
                "editor")
            .filter(
                "inside",
                "path-prefix",
                "/inside",
                "profiles.edited.roles",
                "editor",
                "profiles.default.max-size",
                "10MB")
            .filter("members", "path-prefix", "/members")
            .filter("eve", "path-prefix", "/eve", "authorizer", "shop.Eve", "naming", "boxes")
            .servlet("shop.EchoServlet", "/echo")
            .servlet("shop.LateServlet", "/late")
            .servlet("shop.Heard", "/heard")
            .login("/inside/*", "member", "editor");
    return write("shop", war, "EchoServlet", "LateServlet", "Heard", "Eve", "Boxes");
  }

  private Path zero() throws IOException {
    return write(
        "zero",
        WebArchive.ofOneJar(container.kind().namespace())
            .contextParameters(
                "oss.post.bucket", "examplebucket",
                "oss.post.credentials.type", "static",
                "oss.post.credentials.access-key-id", "LTAIzero",
                "oss.post.credentials.access-key-secret", "secret",
                "oss.post.allow-anonymous", "true",
                "oss.post.callback.url", ""));
  }

  private Path quiet() throws IOException {
    return write("quiet", new WebArchive(container.kind().namespace()));
  }

  private Path byHand() throws IOException {
    return write(
        "by-hand",
        withBucket(container.kind())
            .contextParameters("oss.post.allow-anonymous", "true")
            .listener("shop.Registering"),
        "Registering");
  }

  private Path served() throws IOException {
    return write(
        "served",
        withBucket(container.kind())
            .contextParameters("oss.post.allow-anonymous", "true")
            .servlet("io.osspost.servlet.OssPostServlet", "/api/*", "path-prefix", "/api"));
  }

  private Path old() throws IOException {
    return write(
        "old",
        withBucket(container.kind())
            .filterOf("shop.Meddling", "before", "/*")
            .filter("uploads", "allow-anonymous", "true", "naming", "as-named"),
        "Meddling",
        "Compressed");
  }
}
