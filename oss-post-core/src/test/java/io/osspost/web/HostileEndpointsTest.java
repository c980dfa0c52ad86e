package io.osspost.web;

import static io.osspost.web.EndpointFixture.assertProblem;
import static io.osspost.web.EndpointFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.osspost.GrantKind;
import io.osspost.ProfileSource;
import io.osspost.TenantProfile;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.object.OssBucket;
import io.osspost.object.ProfileId;
import io.osspost.profile.UploadProfile;
import io.osspost.settings.Collaborators;
import io.osspost.settings.UploadSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints in a tenant's row that would make this server send its requests elsewhere. */
class HostileEndpointsTest {
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private final Map<String, UploadEndpoints> open = new HashMap<>();
  private ServerSocket victim;

  /** The row of the tenant. */
  private URI address = URI.create("https://acme.oss-cn-hangzhou.aliyuncs.com");

  private long revision = 1;

  @BeforeEach
  void start() throws IOException {
    victim =
        server(connections, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }

  @AfterEach
  void stop() throws IOException {
    open.values().forEach(UploadEndpoints::close);
    victim.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/acme/",
        "https://127.0.0.1:PORT/acme/",
        "http://localhost:PORT/acme/",
        "http://2130706433:PORT/acme/",
        "http://[::1]:PORT/acme/",
        "http://[::ffff:127.0.0.1]:PORT/acme/",
        "http://acme.oss-cn-hangzhou.aliyuncs.com@127.0.0.1:PORT/",
        "https://acme.oss-cn-hangzhou.aliyuncs.com.localhost:PORT",
        "http://acme.localhost:PORT"
      })
  void noRequestLeaves(String url) {
    URI hostile = URI.create(url.replace("PORT", String.valueOf(victim.getLocalPort())));
    UploadEndpoints endpoints = open("", hostile);
    for (String path :
        new String[] {"/get_post_signature_for_oss_upload", "/get_presigned_url_for_oss_upload"}) {
      WebResponse refused =
          new FakeRequest("GET", path)
              .principal("alice")
              .parameter("profile", "images")
              .parameter("filename", "a.png")
              .answeredBy(endpoints);
      assertProblem(refused, 500, "server-error");
      assertThat(new String(refused.body(), StandardCharsets.UTF_8))
          .doesNotContain("127.0.0.1", "secret");
    }
    assertProblem(start(endpoints), 500, "server-error");
    assertThat(connections).hasValue(0);
    assertThat(opened).as("credentials of a refused address").hasValue(0);
  }

  /** The address becomes a hostile one after the grants. */
  @Test
  void laterStepsOfEarlierGrantsSendNothing() {
    try (OssEmulator oss =
        OssEmulator.builder().inMemory().bucket("acme").accessKey("LTAIacme", "secret").start()) {
      UploadEndpoints endpoints = open(oss.endpoint().toString(), oss.endpoint().resolve("/acme/"));
      JsonNode form = json(form(endpoints));
      JsonNode upload = json(start(endpoints));
      address = URI.create("http://127.0.0.1:" + victim.getLocalPort() + "/acme/");
      revision++;
      assertProblem(confirm(endpoints, form), 500, "server-error");
      for (String step : new String[] {"sign", "parts", "complete", "abort"}) {
        WebResponse refused =
            post("/oss_multipart_upload/" + step)
                .parameter("ticket", upload.get("ticket").asText())
                .parameter("parts", "1")
                .answeredBy(endpoints);
        assertProblem(refused, 500, "server-error");
      }
      assertThat(connections).hasValue(0);
    }
  }

  /** The operator allowed the first address. It sends the server to another one. */
  @Test
  void redirectsAreNotFollowed() throws Exception {
    for (String status :
        new String[] {"301 Moved", "302 Found", "307 Temporary", "308 Permanent"}) {
      AtomicInteger first = new AtomicInteger();
      try (ServerSocket allowed =
          server(
              first,
              "HTTP/1.1 "
                  + status
                  + "\r\nLocation: http://127.0.0.1:"
                  + victim.getLocalPort()
                  + "/acme/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")) {
        String endpoint = "http://127.0.0.1:" + allowed.getLocalPort();
        UploadEndpoints endpoints = open(endpoint, URI.create(endpoint + "/acme/"));
        assertThat(start(endpoints).status()).isEqualTo(503);
        assertThat(confirm(endpoints, json(form(endpoints))).status()).isEqualTo(503);
        assertThat(first).as(status).hasPositiveValue();
        assertThat(connections).as(status).hasValue(0);
      }
    }
  }

  private static WebResponse form(UploadEndpoints endpoints) {
    return new FakeRequest("GET", "/get_post_signature_for_oss_upload")
        .principal("alice")
        .parameter("profile", "images")
        .parameter("filename", "a.png")
        .answeredBy(endpoints);
  }

  private static WebResponse confirm(UploadEndpoints endpoints, JsonNode form) {
    return post("/oss_upload_confirm")
        .parameter("ticket", form.get("ticket").asText())
        .answeredBy(endpoints);
  }

  private static FakeRequest post(String path) {
    return new FakeRequest("POST", path).header("Content-Type", Path.FORM).principal("alice");
  }

  private static WebResponse start(UploadEndpoints endpoints) {
    return post("/oss_multipart_upload/start")
        .parameter("profile", "images")
        .parameter("filename", "a.png")
        .parameter("size", "7")
        .answeredBy(endpoints);
  }

  private UploadEndpoints open(String allowed, URI url) {
    address = url;
    ProfileSource source =
        (name, caller, request) ->
            Optional.of(
                TenantProfile.builder(
                        new ProfileId("acme", name),
                        revision,
                        UploadProfile.builder(name)
                            .bucket(new OssBucket("acme", "cn-hangzhou", address))
                            .build())
                    .kinds(Set.of(GrantKind.POST, GrantKind.PUT, GrantKind.MULTIPART))
                    .openCredentials(
                        () -> {
                          opened.incrementAndGet();
                          return OssCredentialsProvider.of(OssCredentials.of("LTAIacme", "secret"));
                        })
                    .build());
    Map<String, String> settings = new HashMap<>();
    settings.put("bucket", "main-files");
    settings.put("region", "cn-hangzhou");
    settings.put("credentials.type", "static");
    settings.put("credentials.access-key-id", "LTAImain");
    settings.put("credentials.access-key-secret", "secret");
    settings.put("tenants.endpoints", allowed);
    UploadEndpoints endpoints =
        UploadSettings.read(settings).open(Collaborators.builder().profileSource(source).build());
    UploadEndpoints before = open.put(url.toString(), endpoints);
    assertThat(before).isNull();
    return endpoints;
  }

  /** Starts a server that counts its connections and gives one answer to all. */
  private static ServerSocket server(AtomicInteger connections, String answer) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  connections.incrementAndGet();
                  socket.setSoTimeout(2_000);
                  socket.getInputStream().read(new byte[65_536]);
                  socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                  }
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }
}
