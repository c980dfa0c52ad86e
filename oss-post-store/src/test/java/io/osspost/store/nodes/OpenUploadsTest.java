package io.osspost.store.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limit of open uploads of two servers, over HTTP, with parts that OSS stores. */
class OpenUploadsTest {
  private static final byte[] PHOTO = "a photo".getBytes(UTF_8);
  private static final String FILE = TwoServers.file(PHOTO.length);

  @TempDir private Path folder;
  private SharedClock clock;
  private H2Server database;
  private TwoServers servers;

  @BeforeEach
  void start() throws Exception {
    clock = new SharedClock(folder.resolve("clock"));
    database = new H2Server();
    servers =
        new TwoServers(
            database.url(),
            clock,
            Map.of(
                "multipart.life",
                "1h",
                "ledger.grace",
                "1m",
                "ledger.required",
                "false",
                "profiles.default.grants",
                "post, multipart",
                "profiles.default.open-uploads",
                "2"),
            UnaryOperator.identity());
  }

  @AfterEach
  void stop() throws Exception {
    servers.close();
    database.close();
  }

  @Test
  void placeIsFreeWhenAnUploadIsCompletedOrDiscarded() throws Exception {
    final JsonNode first = started(0);
    final JsonNode second = started(1);
    assertRefused(0);
    assertRefused(1);
    assertThat(servers.post(0, "bob", TwoServers.STEP + "start", FILE).statusCode()).isEqualTo(200);
    assertThat(servers.post(0, "alice", TwoServers.FORM, FILE).statusCode())
        .as("forms are not limited")
        .isEqualTo(200);

    assertThat(servers.sendPart(first, PHOTO)).isEqualTo(200);
    assertRefused(1);
    for (int i = 0; i < 3; i++) {
      assertThat(step(i, "complete", first).statusCode()).isEqualTo(200);
    }
    assertThat(servers.events()).isEqualTo(1);
    final JsonNode third = started(0);
    assertRefused(1);

    assertThat(servers.sendPart(second, PHOTO)).isEqualTo(200);
    assertThat(step(0, "abort", second).statusCode()).isEqualTo(204);
    assertThat(step(1, "abort", second).statusCode()).isEqualTo(204);
    started(1);
    assertRefused(0);

    assertThat(servers.sendPart(third, PHOTO)).isEqualTo(200);
    assertThat(step(1, "complete", third).statusCode()).isEqualTo(200);
    assertThat(servers.oss().keys())
        .containsExactlyInAnyOrder(first.get("key").asText(), third.get("key").asText());
  }

  @Test
  void placesAreFreeWhenTheSweepHasDiscardedTheParts() throws Exception {
    servers.sendPart(started(0), PHOTO);
    servers.sendPart(started(1), PHOTO);
    assertRefused(0);
    clock.advance(Duration.ofMinutes(62));
    int status = 0;
    for (int i = 0; i < 200 && status != 200; i++) {
      Thread.sleep(100);
      status = start(0).statusCode();
    }
    assertThat(status).isEqualTo(200);
    assertThat(servers.oss().keys()).isEmpty();
    assertThat(servers.events()).isZero();
  }

  @Test
  void startsAtOnceOnTwoServersGetAllPlacesAndNoMore() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(64);
    try {
      List<Callable<HttpResponse<String>>> starts = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        int server = i;
        starts.add(() -> start(server));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<HttpResponse<String>> answer : pool.invokeAll(starts)) {
        statuses.add(answer.get().statusCode());
      }
      assertThat(statuses).containsOnly(200, 409);
      assertThat(statuses).filteredOn(status -> status == 200).hasSize(2);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void startIsRefusedWhileTheDatabaseDoesNotAnswer() throws Exception {
    database.close();
    HttpResponse<String> refused = start(0);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    assertThat(refused.body()).contains("\"code\":\"store-unavailable\"");
    assertThat(servers.post(0, "alice", TwoServers.FORM, FILE).statusCode()).isEqualTo(200);
  }

  private JsonNode started(int server) throws Exception {
    HttpResponse<String> answer = start(server);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TwoServers.json(answer);
  }

  private void assertRefused(int server) throws Exception {
    HttpResponse<String> answer = start(server);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    assertThat(answer.body())
        .contains(
            "\"code\":\"too-many-open-uploads\"",
            "You already have 2 uploads that are not completed, which is the limit.",
            "Complete or cancel one of them");
    assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
  }

  private HttpResponse<String> start(int server) throws Exception {
    return servers.post(server, "alice", TwoServers.STEP + "start", FILE);
  }

  private HttpResponse<String> step(int server, String step, JsonNode started) throws Exception {
    return servers.post(
        server, "alice", TwoServers.STEP + step, "ticket=" + started.get("ticket").asText());
  }
}
