package io.osspost;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osspost.emulator.OssEmulator;
import io.osspost.object.OssBucket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SDK and the emulator find the same bucket behind the same endpoint. */
class EmulatorHostsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9000",
        "http://[::1]:9000",
        "http://localhost:9000",
        "http://docker:32768",
        "http://oss:9000",
        "http://host.docker.internal:9000",
        "http://files.example.test",
        "http://examplebucket.localhost:9000",
        "http://examplebucket.oss.example.test",
        "http://oss-cn-hangzhou.aliyuncs.com",
        "http://examplebucket.oss-cn-hangzhou.aliyuncs.com"
      })
  void uploadsReachTheBucket(URI endpoint) throws IOException {
    URI url = OssBucket.of("examplebucket", "cn-hangzhou").at(endpoint).url();
    try (OssEmulator oss =
        OssEmulator.builder()
            .inMemory()
            .publicReadWrite()
            .allowHost("docker")
            .allowHost("oss")
            .allowHost("oss.example.test")
            .domain("files.example.test", "examplebucket")
            .start()) {
      String path = (url.getRawPath().isEmpty() ? "/" : url.getRawPath()) + "a/b.txt";
      assertThat(put(oss, url.getRawAuthority(), path)).startsWith("HTTP/1.1 200");
      assertThat(oss.object("a/b.txt")).isPresent();
    }
  }

  @Test
  void underscoreInAHostIsNamed() {
    OssBucket bucket = OssBucket.of("examplebucket", "cn-hangzhou");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bucket.at(URI.create("http://oss_emulator:9000")))
        .withMessageContainingAll("underscore", "'oss-emulator:9000'");
  }

  private static String put(OssEmulator oss, String host, String path) throws IOException {
    String request =
        "PUT "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nConnection: close\r\n"
            + "Content-Length: 2\r\n\r\nhi";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), oss.endpoint().getPort())) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
