package io.osspost.emulator.internal.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.credentials.exception.CredentialException;
import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.ECSMetadataServiceCredentialsFetcher;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.TestClock;
import io.osspost.emulator.testing.TestForm;
import io.osspost.emulator.testing.ToEmulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ECS documentation "View instance metadata". Statuses of refusals are this emulator's choice. */
class MetadataServiceTest {
  private static final String ROLE = "acs:ram::1234567890123456:role/web-server";
  private static final String CREDENTIALS = "/latest/meta-data/ram/security-credentials/";
  private static final String TOKEN = "X-aliyun-ecs-metadata-token";
  private static final String LIFE = "X-aliyun-ecs-metadata-token-ttl-seconds";

  @Test
  void vendorsClientGetsKeysThatOssAccepts() {
    try (OssEmulator oss = emulator().start()) {
      assertUploads(oss, fetcher(false).fetch(new ToEmulator(oss.metadataEndpoint())).value());
    }
  }

  @Test
  void vendorsClientGetsKeysInHardenedMode() {
    try (OssEmulator oss = emulator().hardenedMetadata().start()) {
      assertUploads(oss, fetcher(true).fetch(new ToEmulator(oss.metadataEndpoint())).value());
    }
  }

  @Test
  void vendorsClientReportsAnUnknownRole() {
    try (OssEmulator oss = emulator().start()) {
      ECSMetadataServiceCredentialsFetcher fetcher =
          new ECSMetadataServiceCredentialsFetcher("another-role", false, 2000, 2000);
      assertThatThrownBy(() -> fetcher.fetch(new ToEmulator(oss.metadataEndpoint())))
          .isInstanceOf(CredentialException.class)
          .hasMessageContaining("The role name was not found in the instance");
    }
  }

  @Test
  void olderModeNeedsNoToken() throws IOException {
    try (OssEmulator oss = emulator().start()) {
      assertThat(get(oss, CREDENTIALS).body()).isEqualTo("web-server");
      Answer keys = get(oss, CREDENTIALS + "web-server");
      assertThat(keys.status()).isEqualTo(200);
      assertThat(keys.body())
          .contains("\"Code\" : \"Success\"", "\"AccessKeyId\" : \"STS.", "\"LastUpdated\" : \"");
      assertThat(get(oss, CREDENTIALS + "other").status()).isEqualTo(404);
      assertThat(get(oss, "/latest/meta-data/instance-id").status()).isEqualTo(404);
    }
  }

  @Test
  void hardenedModeRefusesRequestsWithoutALivingToken() throws IOException {
    TestClock clock = new TestClock(Instant.parse(TestForm.NOW));
    try (OssEmulator oss = emulator().hardenedMetadata().clock(clock).start()) {
      assertThat(get(oss, CREDENTIALS).status()).isEqualTo(403);
      assertThat(get(oss, CREDENTIALS, TOKEN, "made-up").status()).isEqualTo(403);
      String token = put(oss, LIFE, "60").body();
      String another = put(oss, LIFE, "21600").body();
      assertThat(get(oss, CREDENTIALS, TOKEN, token).body()).isEqualTo("web-server");

      clock.advance(Duration.ofSeconds(60));

      assertThat(get(oss, CREDENTIALS, TOKEN, token).status()).isEqualTo(403);
      assertThat(get(oss, CREDENTIALS, TOKEN, another).status()).isEqualTo(200);
    }
  }

  @Test
  void wrongTokenIsRefusedInTheOlderModeToo() throws IOException {
    try (OssEmulator oss = emulator().start()) {
      assertThat(get(oss, CREDENTIALS, TOKEN, "made-up").status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "21601", "99999", "a minute", "1e3"})
  void tokenOfAnImpossibleLifeIsRefused(String life) throws IOException {
    try (OssEmulator oss = emulator().start()) {
      assertThat(put(oss, LIFE, life).status()).isEqualTo(400);
    }
  }

  @Test
  void tokenIsNotGivenThroughAProxy() throws IOException {
    try (OssEmulator oss = emulator().start()) {
      Answer answer =
          RawHttp.send(
              oss.metadataEndpoint(),
              "PUT",
              "/latest/api/token",
              Map.of(LIFE, "60", "X-Forwarded-For", "203.0.113.7"),
              new byte[0]);
      assertThat(answer.status()).isEqualTo(403);
      assertThat(get(oss, "/latest/api/token").status()).isEqualTo(405);
    }
  }

  @Test
  void keysAreReplacedAtHalfTheirLifeAndLiveToTheirEnd() throws IOException {
    TestClock clock = new TestClock(Instant.parse(TestForm.NOW));
    try (OssEmulator oss =
        emulator().instanceKeyLife(Duration.ofMinutes(20)).clock(clock).start()) {
      String first = get(oss, CREDENTIALS + "web-server").body();
      assertThat(first)
          .contains("\"Expiration\" : \"2024-03-15T08:35:30Z\"")
          .contains("\"LastUpdated\" : \"2024-03-15T08:15:30Z\"");

      clock.advance(Duration.ofSeconds(599));
      assertThat(get(oss, CREDENTIALS + "web-server").body()).isEqualTo(first);
      clock.advance(Duration.ofSeconds(1));
      assertThat(get(oss, CREDENTIALS + "web-server").body())
          .isNotEqualTo(first)
          .contains("\"Expiration\" : \"2024-03-15T08:45:30Z\"");
    }
  }

  private static OssEmulator.Builder emulator() {
    return OssEmulator.builder().metadataPort(0).roleArn(ROLE);
  }

  private static ECSMetadataServiceCredentialsFetcher fetcher(boolean onlyHardened) {
    return new ECSMetadataServiceCredentialsFetcher(null, onlyHardened, 2000, 2000);
  }

  private static void assertUploads(OssEmulator oss, CredentialModel keys) {
    OSS client =
        new OSSClientBuilder()
            .build(
                oss.endpoint().toString(),
                new DefaultCredentialProvider(
                    keys.getAccessKeyId(), keys.getAccessKeySecret(), keys.getSecurityToken()));
    try {
      client.putObject(oss.bucket(), "a.txt", new ByteArrayInputStream("hello".getBytes(UTF_8)));
    } finally {
      client.shutdown();
    }
    assertThat(oss.object("a.txt").map(StoredObject::size)).contains(5L);
  }

  private static Answer get(OssEmulator oss, String path, String... header) throws IOException {
    return RawHttp.send(
        oss.metadataEndpoint(),
        "GET",
        path,
        header.length == 0 ? Map.of() : Map.of(header[0], header[1]),
        new byte[0]);
  }

  private static Answer put(OssEmulator oss, String header, String value) throws IOException {
    return RawHttp.send(
        oss.metadataEndpoint(), "PUT", "/latest/api/token", Map.of(header, value), new byte[0]);
  }
}
