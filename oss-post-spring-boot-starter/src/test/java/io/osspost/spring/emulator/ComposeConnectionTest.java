package io.osspost.spring.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import io.osspost.emulator.OssEmulator;
import io.osspost.spring.OssPostConnectionDetails;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

/** A compose service, as Spring Boot describes it, with an emulator of this process behind it. */
class ComposeConnectionTest {
  private static final Map<String, String> KEYS =
      Map.of(
          "OSS_EMULATOR_ACCESS_KEY_ID", "LTAIcompose",
          "OSS_EMULATOR_ACCESS_KEY_SECRET", "composesecret",
          "OSS_EMULATOR_BUCKET", "composebucket",
          "OSS_EMULATOR_STS_PORT", "9001",
          "OSS_EMULATOR_ROLE_ARN", "acs:ram::1234567890123456:role/uploader");

  @Test
  void serviceIsTheBucketOfTheApplication() throws Exception {
    try (OssEmulator oss =
        OssEmulator.builder().stsPort(0).accessKey("LTAIcompose", "composesecret").start()) {
      OssPostConnectionDetails details = details("oss-post-emulator:latest", oss, KEYS);
      assertThat(details.bucket()).isEqualTo("composebucket");
      assertThat(details.region()).isEqualTo("cn-hangzhou");
      assertThat(details.endpoint()).isEqualTo(oss.endpoint());
      assertThat(details.credentials().accessKeyId()).isEqualTo("LTAIcompose");
      assertThat(details.callbackPublicKey().orElseThrow().strip())
          .isEqualTo(oss.callbackPublicKeyPem().strip());
      assertThat(details.stsEndpoint()).contains(oss.stsEndpoint());
      assertThat(details.tokenRoleArn()).contains("acs:ram::1234567890123456:role/uploader");
    }
  }

  @Test
  void randomKeyIsNamed() throws Exception {
    try (OssEmulator oss = OssEmulator.builder().stsPort(0).start()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> details("oss-post-emulator", oss, Map.of()))
          .withMessageContainingAll("'oss'", "OSS_EMULATOR_ACCESS_KEY_SECRET");
    }
  }

  @Test
  void otherServicesAreLeftAlone() throws Exception {
    try (OssEmulator oss = OssEmulator.builder().stsPort(0).start()) {
      assertThat(details("redis:7", oss, KEYS)).isNull();
    }
  }

  @Test
  void labelledImageOfARegistryIsFound() throws Exception {
    Map<String, String> labels =
        Map.of("org.springframework.boot.service-connection", "oss-post-emulator");
    String image = "registry.example.com/team/oss-post-emulator:1";
    assertThat(details(new Service(image, 9, 9, KEYS, labels))).isNotNull();
    assertThat(details(new Service(image, 9, 9, KEYS, Map.of()))).isNull();
  }

  @Test
  void refusalOfTheKeyIsQuoted() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "Start it with --allow-host".getBytes(US_ASCII);
          exchange.sendResponseHeaders(403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      int port = server.getAddress().getPort();
      OssPostConnectionDetails details =
          details(new Service("oss-post-emulator", port, 9, KEYS, Map.of()));
      assertThatIllegalStateException()
          .isThrownBy(details::callbackPublicKey)
          .withMessageContainingAll("refused to return its key", "--allow-host");
    } finally {
      server.stop(0);
    }
  }

  private static OssPostConnectionDetails details(
      String image, OssEmulator oss, Map<String, String> environment) throws Exception {
    int sts = oss.stsEndpoint().getPort();
    return details(new Service(image, oss.port(), sts, environment, Map.of()));
  }

  private static OssPostConnectionDetails details(Service service) throws Exception {
    Constructor<DockerComposeConnectionSource> constructor =
        DockerComposeConnectionSource.class.getDeclaredConstructor(
            RunningService.class, Environment.class);
    constructor.setAccessible(true);
    return new ComposeConnectionFactory()
        .getConnectionDetails(constructor.newInstance(service, new MockEnvironment()));
  }

  private record Service(
      String text, int oss, int sts, Map<String, String> env, Map<String, String> labels)
      implements RunningService {
    @Override
    public String name() {
      return "oss";
    }

    @Override
    public ImageReference image() {
      return ImageReference.of(text);
    }

    @Override
    public String host() {
      return "127.0.0.1";
    }

    @Override
    public ConnectionPorts ports() {
      return new ConnectionPorts() {
        @Override
        public int get(int containerPort) {
          return containerPort == 9000 ? oss : sts;
        }

        @Override
        public List<Integer> getAll() {
          return List.of(oss, sts);
        }

        @Override
        public List<Integer> getAll(String protocol) {
          return getAll();
        }
      };
    }
  }
}
