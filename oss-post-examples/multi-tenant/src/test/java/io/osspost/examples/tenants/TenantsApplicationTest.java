package io.osspost.examples.tenants;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.emulator.OssEmulator;
import io.osspost.testsupport.FormPost;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The application by HTTP: two tenants in the table, and one that is added while it runs. */
class TenantsApplicationTest {
  private static final byte[] PHOTO = "a photo".getBytes(UTF_8);

  private ConfigurableApplicationContext application;
  private OssEmulator oss;
  private int port;

  @BeforeEach
  void start() {
    application =
        TenantsApplication.application()
            .run(
                "--server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:" + System.nanoTime(),
                "--spring.main.banner-mode=off");
    oss = application.getBean(OssEmulator.class);
    port = Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port"));
  }

  @AfterEach
  void stop() {
    application.close();
  }

  @Test
  void eachTenantHasItsBucketAndKey() throws Exception {
    for (String tenant : List.of("acme", "globex")) {
      JsonNode grant = grant(tenant);
      assertThat(grant.at("/fields/x-oss-credential").asText()).startsWith("LTAI" + tenant + "/");
      assertThat(post(grant)).isEqualTo(200);
      assertThat(oss.keys(tenant + "-files")).containsExactly(grant.get("key").asText());
      confirm(tenant, grant);
      assertThat(json(tenant, "GET", "/uploads", "").size()).isEqualTo(1);
    }
  }

  @Test
  void tenantIsAddedWhileTheApplicationRuns() throws Exception {
    assertThat(grant("initech").get("code").asText()).isEqualTo("unknown-profile");
    save("initech", "initech-files", "initech");
    JsonNode grant = grant("initech");
    assertThat(post(grant)).isEqualTo(200);
    assertThat(oss.keys("initech-files")).containsExactly(grant.get("key").asText());
  }

  @Test
  void changedBucketHasAnEffectAtOnce() throws Exception {
    JsonNode before = grant("acme");
    assertThat(post(before)).isEqualTo(200);
    save("acme", "initech-files", "initech");
    assertThat(confirm("acme", before).get("code").asText()).isEqualTo("profile-changed");
    JsonNode after = grant("acme");
    assertThat(after.get("url").asText()).contains("initech-files");
    assertThat(post(after)).isEqualTo(200);
  }

  @Test
  void hostOfNoTenantIsRefused() throws Exception {
    assertThat(grant("nothing").get("code").asText()).isEqualTo("unknown-profile");
    assertThat(json("x.acme", "GET", "/get_post_signature_for_oss_upload", "").get("code").asText())
        .isEqualTo("unknown-profile");
    assertThat(oss.keys("house-files")).isEmpty();
  }

  private JsonNode grant(String tenant) throws Exception {
    return json(tenant, "GET", "/get_post_signature_for_oss_upload?filename=a.png", "");
  }

  private JsonNode confirm(String tenant, JsonNode grant) throws Exception {
    return json(tenant, "POST", "/oss_upload_confirm", "ticket=" + grant.get("ticket").asText());
  }

  private void save(String name, String bucket, String key) throws Exception {
    String body =
        "name="
            + name
            + "&bucket="
            + bucket
            + "&keyId=LTAI"
            + key
            + "&keySecret="
            + key
            + "-secret";
    assertThat(text(name, "POST", "/tenants", body)).startsWith("HTTP/1.1 204");
  }

  private JsonNode json(String tenant, String method, String path, String body) throws Exception {
    String answer = text(tenant, method, path, body);
    int start = answer.indexOf("\r\n\r\n") + 4;
    String json = answer.substring(start);
    int first = Math.min(indexOf(json, '{'), indexOf(json, '['));
    int last = Math.max(json.lastIndexOf('}'), json.lastIndexOf(']'));
    return new ObjectMapper().readTree(json.substring(first, last + 1));
  }

  private static int indexOf(String text, char c) {
    int at = text.indexOf(c);
    return at < 0 ? Integer.MAX_VALUE : at;
  }

  /** Sends a request with the host of a tenant, which Java's client does not allow. */
  private String text(String tenant, String method, String path, String body) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      String head =
          String.join(
              "\r\n",
              method + " " + path + " HTTP/1.1",
              "Host: " + tenant + ".localhost:" + port,
              "Connection: close",
              "Content-Type: application/x-www-form-urlencoded",
              "Content-Length: " + body.length(),
              "",
              "");
      socket.getOutputStream().write((head + body).getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static int post(JsonNode grant) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    grant.get("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
    return FormPost.send(URI.create(grant.get("url").asText()), fields, "a.png", "image/png", PHOTO)
        .statusCode();
  }
}
