package io.osspost.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page that points its own name at this machine gets no data. */
class KnownHostsTest {
  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss =
        OssEmulator.builder()
            .allowHost("oss")
            .allowHost("files.example.test")
            .domain("download.example.test", "examplebucket")
            .admin()
            .publicReadWrite()
            .stsPort(0)
            .metadataPort(0)
            .start();
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "examplebucket.evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "aliyuncs.com.evil.example",
        "evilaliyuncs.com",
        "evil.example.",
        "evil.example:80",
        "notoss",
        "docker.internal",
        "other.download.example.test",
        "files.example.test.evil.example",
        "127.0.0.1@evil.example",
        "[evil]",
        "0x7f000001.evil"
      })
  void otherHostsAreRefusedOnEveryRoute(String host) throws IOException {
    Map<String, String> headers = Map.of("Host", host, "x-emulator-token", token());
    for (URI service : List.of(oss.endpoint(), oss.stsEndpoint(), oss.metadataEndpoint())) {
      for (String method : List.of("GET", "PUT", "DELETE", "POST", "OPTIONS")) {
        for (String path :
            List.of("/", "/examplebucket/a", "/_admin/clock?advance=PT1H", "/latest/meta-data/")) {
          Answer answer = RawHttp.send(service, method, path, headers, new byte[] {1});
          assertThat(answer.status()).as(method + " " + path).isEqualTo(403);
          assertThat(answer.body()).contains("EmulatorHostForbidden", "--allow-host");
          assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("access-"));
        }
      }
    }
    assertThat(oss.keys()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "192.168.1.5:9000",
        "[::1]:9000",
        "localhost:9000",
        "examplebucket.localhost",
        "examplebucket.oss-cn-hangzhou.aliyuncs.com",
        "oss:9000",
        "OSS",
        "host.docker.internal:9000",
        "download.example.test",
        "examplebucket.files.example.test",
        "localhost."
      })
  void knownHostsAreAnswered(String host) throws IOException {
    Answer answer =
        RawHttp.send(oss.endpoint(), "GET", "/examplebucket/a", Map.of("Host", host), new byte[0]);
    assertThat(answer.body()).doesNotContain("EmulatorHostForbidden");
  }

  @Test
  void hostsAreWrittenWithoutPort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OssEmulator.builder().allowHost("oss:9000"))
        .withMessageContaining("without port");
  }

  private String token() {
    return oss.adminToken().orElseThrow();
  }
}
