package io.osspost.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osspost.emulator.fault.Fault;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTest {
  private OssEmulator oss;

  @BeforeEach
  void start() {
    Clock noon = Clock.fixed(Instant.parse("2030-01-01T12:00:00Z"), ZoneOffset.UTC);
    oss = OssEmulator.builder().clock(noon).admin().start();
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void clockIsSetAdvancedAndReset() throws IOException {
    assertThat(send("GET", "/_admin/clock").body()).isEqualTo("{\"now\":\"2030-01-01T12:00:00Z\"}");
    assertThat(send("POST", "/_admin/clock?now=2031-01-01T00:00:00Z").status()).isEqualTo(200);
    assertThat(send("POST", "/_admin/clock?advance=PT1H").body()).contains("2031-01-01T01:00:00Z");
    assertThat(oss.clock().instant()).isEqualTo("2031-01-01T01:00:00Z");
    assertThat(send("DELETE", "/_admin/clock").body()).contains("2030-01-01T12:00:00Z");
  }

  @Test
  void faultsAreAddedListedAndCleared() throws IOException {
    assertThat(send("POST", "/_admin/faults?refusal=503&on=GET&times=2").body())
        .isEqualTo(
            "[{\"effect\":\"Refusal[status=503, code=ServiceUnavailable, message=Thread pool is"
                + " almost full, please retry later.]\",\"on\":\"GET\",\"times\":2}]");
    assertThat(send("GET", "/examplebucket/a").status()).isEqualTo(503);
    assertThat(send("DELETE", "/_admin/faults").body()).isEqualTo("[]");
    assertThat(send("GET", "/examplebucket/a").status()).isEqualTo(403);

    send("POST", "/_admin/faults?delay=PT0.5S&times=always");
    assertThat(oss.faults().pending())
        .containsExactly(Fault.delay(Duration.ofMillis(500)).always());
  }

  @Test
  void refusalHasTheGivenCodeAndMessage() throws IOException {
    send("POST", "/_admin/faults?refusal=409&code=FileImmutable&message=It%20is%20locked.");
    Answer refused = send("GET", "/examplebucket/a");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.member("Code")).isEqualTo("FileImmutable");
    assertThat(refused.member("Message")).isEqualTo("It is locked.");

    send("POST", "/_admin/faults?refusal=503&code=SlowDown");
    refused = send("GET", "/examplebucket/a");
    assertThat(refused.member("Code")).isEqualTo("SlowDown");
    assertThat(refused.member("Message")).startsWith("Thread pool is almost full");

    send("POST", "/_admin/faults?refusal=500&message=Try%20later.");
    refused = send("GET", "/examplebucket/a");
    assertThat(refused.member("Code")).isEqualTo("InternalError");
    assertThat(refused.member("Message")).isEqualTo("Try later.");
  }

  @Test
  void faultsSelectPartsAndParameters() throws IOException {
    assertThat(send("POST", "/_admin/faults?cut-upload=9&part=3&times=2").body())
        .isEqualTo(
            "[{\"effect\":\"CutUpload[bytes=9]\",\"on\":\"PUT\",\"query\":\"partNumber=3\","
                + "\"times\":2}]");
    assertThat(send("POST", "/_admin/faults?drop&each-part").body())
        .endsWith(",{\"effect\":\"Drop[]\",\"on\":\"*\",\"times\":1,\"eachPart\":true}]");
    send("POST", "/_admin/faults?cut-answer=0&on=POST&query=uploadId,x=1");
    assertThat(oss.faults().pending())
        .containsExactly(
            Fault.cutUploadAfter(9).onPart(3).times(2),
            Fault.drop().inEachPart(),
            Fault.cutAnswerAfter(0).on("POST").withQuery("uploadId").withQuery("x", "1"));
    assertThat(send("GET", "/_admin/faults").body()).contains("\"query\":\"uploadId,x=1\"");
  }

  @Test
  void unknownParameterIsNamed() throws IOException {
    assertThat(send("POST", "/_admin/faults?drop&parts=3").member("Message"))
        .isEqualTo(
            "There is no parameter 'parts'. Beside the fault, use [code, each-part, message, on,"
                + " part, query, times].");
    assertThat(send("POST", "/_admin/faults?drop&on=put").member("Message"))
        .isEqualTo(
            "A fault cannot affect 'put'. Use one of [GET, HEAD, POST, PUT, DELETE, OPTIONS, STS,"
                + " *].");
  }

  @Test
  void journalIsReadAndCleared() throws IOException {
    send("GET", "/examplebucket/a");
    assertThat(send("GET", "/_admin/journal").body())
        .startsWith("[{\"at\":\"2030-01-01T12:00:00Z\",\"requestId\":\"")
        .contains("\"method\":\"GET\",\"bucket\":\"examplebucket\",\"key\":\"a\",\"status\":403")
        .contains(
            "\"code\":\"AccessDenied\",\"ec\":\"0003-00000001\",\"explanation\":\"no key with this permission");
    assertThat(send("DELETE", "/_admin/journal").body()).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_admin/clock?now=noon",
        "/_admin/clock?advance=1h",
        "/_admin/clock",
        "/_admin/clock?now=2031-01-01T00:00:00Z&advance=PT1H",
        "/_admin/clock?now=%2B1000000000-12-31T23:59:59Z",
        "/_admin/clock?advance=PT2562047788015215H",
        "/_admin/faults",
        "/_admin/faults?drop&delay=PT1S",
        "/_admin/faults?delay=1",
        "/_admin/faults?refusal=x",
        "/_admin/faults?refusal=200",
        "/_admin/faults?drop&times=0",
        "/_admin/faults?drop&on=put",
        "/_admin/faults?drop&parts=3",
        "/_admin/faults?drop&part=0",
        "/_admin/faults?drop&part=10001",
        "/_admin/faults?drop&part=one",
        "/_admin/faults?drop&part=1&on=GET",
        "/_admin/faults?drop&each-part=once",
        "/_admin/faults?drop&query",
        "/_admin/faults?drop&query=uploadId,",
        "/_admin/faults?drop&on=STS&query=uploadId",
        "/_admin/faults?drop&code=SlowDown",
        "/_admin/faults?delay=PT1S&message=slow",
        "/_admin/faults?refusal=503&code=",
        "/_admin/faults?refusal=503&message="
      })
  void whatCannotBeReadIs400(String path) throws IOException {
    Answer answer = send("POST", path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.member("Code")).isEqualTo("InvalidArgument");
    assertThat(oss.clock().instant()).isEqualTo("2030-01-01T12:00:00Z");
    assertThat(oss.faults().pending()).isEmpty();
  }

  @Test
  void endlessFaultCanBeCleared() throws IOException {
    send("POST", "/_admin/faults?drop&times=always");
    assertThat(send("DELETE", "/_admin/faults").status()).isEqualTo(200);
    assertThat(send("GET", "/examplebucket/a").status()).isEqualTo(403);
  }

  @Test
  void readmeListsEveryFaultWithItsQuery() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("README.md")).stream()
            .dropWhile(line -> !line.startsWith("| fault | effect | over HTTP |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    assertThat(rows).hasSize(Fault.Effect.class.getPermittedSubclasses().length);
    for (String row : rows) {
      String query = row.substring(row.lastIndexOf(" `") + 2, row.lastIndexOf('`'));
      String method = row.substring(row.indexOf('`') + 1, row.indexOf('('));
      assertThat(send("POST", "/_admin/faults?" + query).status()).as(row).isEqualTo(200);
      String effect = oss.faults().pending().get(0).effect().getClass().getSimpleName();
      assertThat(method).as(row).startsWithIgnoringCase(effect);
      oss.faults().clear();
    }
  }

  @Test
  void unknownThingIs404() throws IOException {
    assertThat(send("GET", "/_admin/clocks").status()).isEqualTo(404);
    assertThat(send("PUT", "/_admin/clock").status()).isEqualTo(405);
  }

  @Test
  void requestWithoutTheTokenIsRefused() throws IOException {
    for (Map<String, String> headers :
        List.of(
            Map.<String, String>of(),
            Map.of("x-emulator-token", ""),
            Map.of("x-emulator-token", "guessed"))) {
      for (String method : List.of("GET", "POST", "DELETE")) {
        Answer answer =
            RawHttp.send(
                oss.endpoint(), method, "/_admin/clock?advance=PT1H", headers, new byte[0]);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.member("Message")).contains("x-emulator-token");
      }
    }
    assertThat(oss.clock().instant()).isEqualTo("2030-01-01T12:00:00Z");
  }

  @Test
  void tokenCanBeGiven() throws IOException {
    oss.close();
    oss = OssEmulator.builder().admin("0123456789abcdef").start();
    assertThat(oss.adminToken()).contains("0123456789abcdef");
    assertThat(send("GET", "/_admin/clock").status()).isEqualTo(200);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OssEmulator.builder().admin("short"))
        .withMessageContaining("16 characters");
  }

  @Test
  void routeIsDisabledByDefault() throws IOException {
    oss.close();
    oss = OssEmulator.start();
    assertThat(send("GET", "/_admin/clock").member("Code")).isEqualTo("NoSuchBucket");
    assertThat(send("POST", "/_admin/clock?advance=PT1H").status()).isEqualTo(405);
  }

  private Answer send(String method, String path) throws IOException {
    Map<String, String> headers =
        oss.adminToken().map(token -> Map.of("x-emulator-token", token)).orElse(Map.of());
    return RawHttp.send(oss.endpoint(), method, path, headers, new byte[0]);
  }
}
