package io.osspost.spring.emulator;

import io.osspost.credentials.OssCredentials;
import io.osspost.spring.OssPostConnectionDetails;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/** Connects to an emulator that Spring Boot's Docker Compose support started. */
final class ComposeConnectionFactory
    extends DockerComposeConnectionDetailsFactory<OssPostConnectionDetails> {
  private static final int OSS = 9000;

  ComposeConnectionFactory() {
    super("oss-post-emulator");
  }

  @Override
  protected OssPostConnectionDetails getDockerComposeConnectionDetails(
      DockerComposeConnectionSource source) {
    return new ComposeConnection(source.getRunningService());
  }

  /** The address of the service, with the settings in its environment. */
  private static final class ComposeConnection extends DockerComposeConnectionDetails
      implements OssPostConnectionDetails {
    private final String host;
    private final int port;
    private final Optional<URI> sts;
    private final Map<String, String> environment;
    private final OssCredentials credentials;

    private ComposeConnection(RunningService service) {
      super(service);
      this.host = service.host();
      this.port = service.ports().get(OSS);
      this.environment = service.env();
      this.credentials = credentials(service);
      this.sts =
          Optional.ofNullable(environment.get("OSS_EMULATOR_STS_PORT"))
              .map(inside -> service.ports().get(Integer.parseInt(inside)))
              .map(outside -> URI.create("http://" + host + ":" + outside));
    }

    private static OssCredentials credentials(RunningService service) {
      String id = service.env().get("OSS_EMULATOR_ACCESS_KEY_ID");
      String secret = service.env().get("OSS_EMULATOR_ACCESS_KEY_SECRET");
      if (id == null || secret == null) {
        throw new IllegalStateException(
            "The service '"
                + service.name()
                + "' has a random AccessKey, which this application cannot know. Set"
                + " OSS_EMULATOR_ACCESS_KEY_ID and OSS_EMULATOR_ACCESS_KEY_SECRET in its"
                + " environment.");
      }
      return OssCredentials.of(id, secret);
    }

    @Override
    public String bucket() {
      return environment.getOrDefault("OSS_EMULATOR_BUCKET", "examplebucket");
    }

    @Override
    public String region() {
      return environment.getOrDefault("OSS_EMULATOR_REGION", "cn-hangzhou");
    }

    @Override
    public URI endpoint() {
      return URI.create("http://" + host + ":" + port);
    }

    @Override
    public OssCredentials credentials() {
      return credentials;
    }

    /** Requests the key, because it is another one at each start of the service. */
    @Override
    public Optional<String> callbackPublicKey() {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint().resolve("/callback_pub_key_v1.pem"))
              .timeout(Duration.ofSeconds(10))
              .build();
      try {
        HttpResponse<String> answer =
            HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          throw new IllegalStateException(
              "The emulator at " + endpoint() + " refused to return its key: " + answer.body());
        }
        return Optional.of(answer.body());
      } catch (IOException e) {
        throw new UncheckedIOException("The emulator at " + endpoint() + " does not answer", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for the emulator", e);
      }
    }

    @Override
    public Optional<URI> stsEndpoint() {
      return StsModule.isUsable() ? sts : Optional.empty();
    }

    @Override
    public Optional<String> tokenRoleArn() {
      return stsEndpoint()
          .flatMap(url -> Optional.ofNullable(environment.get("OSS_EMULATOR_ROLE_ARN")));
    }
  }
}
