package io.osspost.spring.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class OwnAddressTest {
  private final Map<String, Object> properties =
      new HashMap<>(Map.of("server.port", "8081", "base", "/app", "oss.post.path-prefix", "/api"));
  private final StandardEnvironment environment = new StandardEnvironment();
  private final OwnAddress own = new OwnAddress(environment, "base");
  private final Server server = new Server();

  OwnAddressTest() {
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
  }

  @Test
  void itIsPortAndPathOfTheServer() {
    own.customize(server);
    assertThat(own.callbackUrl())
        .contains(URI.create("http://127.0.0.1:8081/app/api/oss_upload_callback"));
  }

  @Test
  void aRandomPortIsDrawnEarly() {
    properties.put("server.port", "0");
    own.customize(server);
    assertThat(server.getPort()).isPositive();
    assertThat(own.callbackUrl().orElseThrow().getPort()).isEqualTo(server.getPort());
  }

  @Test
  void contextsOfAProcessNeverShareARandomPort() {
    properties.put("server.port", "0");
    Set<Integer> ports = new HashSet<>();
    for (int context = 0; context < 300; context++) {
      OwnAddress next = new OwnAddress(environment, "base");
      next.customize(new Server());
      int port = next.callbackUrl().orElseThrow().getPort();
      assertThat(port).isBetween(20_000, 31_999);
      assertThat(ports.add(port)).as("port %s", port).isTrue();
    }
  }

  @Test
  void aServerThatSpeaksTlsHasNone() {
    server.setSsl(new Ssl());
    own.customize(server);
    assertThat(own.callbackUrl()).isEmpty();
  }

  @Test
  void serverWithDisabledTlsHasAnAddress() {
    Ssl off = new Ssl();
    off.setEnabled(false);
    server.setSsl(off);
    own.customize(server);
    assertThat(own.callbackUrl()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0, true", "::, true", "127.0.0.1, true", "127.0.0.2, false", "::1, false"})
  void aServerThatListensElsewhereHasNone(String address, boolean present)
      throws UnknownHostException {
    server.setAddress(InetAddress.getByName(address));
    own.customize(server);
    assertThat(own.callbackUrl().isPresent()).isEqualTo(present);
  }

  @Test
  void configuredPortIsUsed() {
    properties.put("oss.post.callback.url", "");
    own.customize(server);
    assertThat(own.callbackUrl()).isEmpty();
  }

  /** Any of Boot's servers. */
  private static final class Server extends AbstractConfigurableWebServerFactory {}
}
