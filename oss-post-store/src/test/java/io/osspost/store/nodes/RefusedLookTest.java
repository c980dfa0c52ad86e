package io.osspost.store.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.osspost.PostFormat;
import io.osspost.PostGrant;
import io.osspost.callback.Confirmation;
import io.osspost.callback.UploadedObject;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.fault.Fault;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.settings.Collaborators;
import io.osspost.settings.UploadSettings;
import io.osspost.testsupport.FormPost;
import io.osspost.web.UploadEndpoints;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OSS refuses one look at an object, for example because a permission is not in effect yet. */
class RefusedLookTest {
  private static final byte[] PHOTO = "a photo".getBytes(UTF_8);

  private final List<UploadedObject> events = new CopyOnWriteArrayList<>();
  private OssEmulator oss;
  private HttpServer server;
  private UploadEndpoints endpoints;

  @BeforeEach
  void start() throws Exception {
    oss = OssEmulator.builder().inMemory().start();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:refused;DB_CLOSE_DELAY=-1");
    Map<String, String> settings = new HashMap<>();
    settings.put("bucket", oss.bucket());
    settings.put("region", oss.region());
    settings.put("endpoint", oss.endpoint().toString());
    settings.put("credentials.type", "static");
    settings.put("credentials.access-key-id", oss.accessKeyId());
    settings.put("credentials.access-key-secret", oss.accessKeySecret());
    settings.put("allow-anonymous", "true");
    settings.put("callback.url", address("/oss_upload_callback").toString());
    settings.put("callback.public-key", oss.callbackPublicKeyPem());
    settings.put("callback.ticket-secret", "0123456789abcdef0123456789abcdef");
    settings.put("store.type", "jdbc");
    settings.put("store.data-source", "uploads");
    settings.put("store.create-schema", "true");
    endpoints =
        UploadSettings.read(settings)
            .open(
                Collaborators.builder()
                    .objects(name -> Optional.of(source))
                    .uploadListener(events::add)
                    .build());
    NodeProgram.serve(server, endpoints);
  }

  @AfterEach
  void stop() {
    server.stop(0);
    endpoints.close();
    oss.close();
  }

  /** An event without the look would have another id than the later one with it. */
  @Test
  void uploadIsReportedOnceAlthoughOneLookIsRefused() throws Exception {
    PostGrant grant =
        endpoints
            .grants()
            .post(
                "default",
                PostFormat.FORM,
                Caller.anonymous(),
                PlannedUpload.of("a.png").size(PHOTO.length).type("image/png"));
    oss.faults().add(Fault.refusal(403, "AccessDenied", "AccessDenied").on("HEAD"));
    assertThat(FormPost.send(grant.url(), grant.fields(), "a.png", "image/png", PHOTO).statusCode())
        .as("the callback failed")
        .isEqualTo(203);
    HttpRequest confirmation =
        HttpRequest.newBuilder(address("/oss_upload_confirm"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("ticket=" + grant.ticket().orElseThrow()))
            .build();
    HttpResponse<String> confirmed =
        HttpClient.newHttpClient().send(confirmation, BodyHandlers.ofString());
    assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(200);
    assertThat(events)
        .extracting(UploadedObject::confirmation)
        .containsExactly(Confirmation.CONFIRMED);
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }
}
