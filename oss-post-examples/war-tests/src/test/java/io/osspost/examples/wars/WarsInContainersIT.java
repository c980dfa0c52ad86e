package io.osspost.examples.wars;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.emulator.testcontainers.OssEmulatorContainer;
import io.osspost.testsupport.EmulatorImage;
import io.osspost.testsupport.FormPost;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

/**
 * Both WARs in unmodified Tomcats, OSS in a third container, and a client outside that only knows
 * mapped ports. Callbacks go from container to container.
 */
@Tag("full")
class WarsInContainersIT {
  private static final byte[] CONTENT = "hello from outside".getBytes(UTF_8);

  private static Network network;
  private static OssEmulatorContainer oss;
  private static TomcatContainer servletWar;
  private static TomcatContainer legacyWar;

  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(Redirect.NORMAL)
          .build();

  @BeforeAll
  static void start() throws Exception {
    String image = "oss-post-emulator:wars";
    EmulatorImage.build("../../oss-post-emulator", image);
    network = Network.newNetwork();
    oss = new OssEmulatorContainer(DockerImageName.parse(image)).withNetwork(network);
    oss.start();
    servletWar =
        TomcatContainer.of("servlet-war", System.getProperty("tomcat-11")).uploadingTo(oss);
    servletWar.start();
    legacyWar = TomcatContainer.of("legacy-war", System.getProperty("tomcat-9")).uploadingTo(oss);
    legacyWar.start();
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable opened : new AutoCloseable[] {legacyWar, servletWar, oss, network}) {
      close(opened);
    }
  }

  @Test
  void userOfTomcat11UploadsWithCallback() throws Exception {
    assertThat(get(servletWar, "").body()).contains("j_security_check");
    HttpRequest login =
        HttpRequest.newBuilder(servletWar.page().resolve("j_security_check"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("j_username=alice&j_password=alice"))
            .build();
    assertThat(http.send(login, BodyHandlers.ofString()).body()).contains("Choose files");

    JsonNode grant =
        json(
            get(
                servletWar,
                "get_post_signature_for_oss_upload?format=form&filename=a.txt&type=text/plain&size="
                    + CONTENT.length));
    String key = grant.get("key").asText();
    assertThat(key).startsWith("users/alice/");
    Map<String, String> fields = new LinkedHashMap<>();
    grant.get("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));

    assertStoredAndConfirmed(URI.create(grant.get("url").asText()), fields, key);
    JsonNode confirmed = json(get(servletWar, "uploads"));
    assertThat(confirmed.get("user").asText()).isEqualTo("alice");
    assertThat(confirmed.get("uploads").findValuesAsText("key")).containsExactly(key);
  }

  @Test
  void anOldFormFromTomcat9IsStoredAndConfirmed() throws Exception {
    HttpRequest login =
        HttpRequest.newBuilder(legacyWar.page().resolve("login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("name=alice&password=alice"))
            .build();
    assertThat(http.send(login, BodyHandlers.ofString()).body())
        .contains("Served by Apache Tomcat/9.0");
    JsonNode grant = json(get(legacyWar, "get_post_signature_for_oss_upload"));
    String key = grant.get("dir").asText() + "a.txt";
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", "a.txt");
    fields.put("key", grant.get("dir").asText() + "${filename}");
    fields.put("policy", grant.get("policy").asText());
    fields.put("OSSAccessKeyId", grant.get("accessid").asText());
    fields.put("success_action_status", "200");
    fields.put("callback", grant.get("callback").asText());
    fields.put("signature", grant.get("signature").asText());

    assertStoredAndConfirmed(URI.create(grant.get("host").asText()), fields, key);
  }

  /** OSS answers with the application's answer to the callback, or with 203 if it refused. */
  private static void assertStoredAndConfirmed(URI url, Map<String, String> fields, String key)
      throws Exception {
    HttpResponse<String> stored = FormPost.send(url, fields, "a.txt", "text/plain", CONTENT);
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    assertThat(stored.body()).isEqualTo("{\"key\":\"" + key + "\"}");
    assertThat(StoredObjects.at(oss.endpoint(), oss.accessKeySecret()).read(key))
        .isEqualTo(CONTENT);
  }

  private HttpResponse<String> get(TomcatContainer container, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(container.page().resolve(path)).build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private static void close(AutoCloseable opened) {
    try {
      if (opened != null) {
        opened.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
