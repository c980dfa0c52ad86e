package io.osspost.examples.wars;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.testcontainers.OssEmulatorContainer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A WAR in a Tomcat container. OSS runs in another container, and calls it by the WAR's name. */
final class TomcatContainer extends GenericContainer<TomcatContainer> {
  private static final int PORT = 8080;

  private final String war;

  private TomcatContainer(String war, String image) {
    super(DockerImageName.parse(image));
    this.war = war;
    withImagePullPolicy(name -> false);
    withExposedPorts(PORT);
    withNetworkAliases(war);
    waitingFor(Wait.forLogMessage(".*Server startup in.*", 1));
  }

  /** Builds the image of {@code war} in the Tomcat of the folder {@code tomcat}. */
  static TomcatContainer of(String war, String tomcat) throws IOException, InterruptedException {
    String image = "oss-post-" + war + ":test";
    run("container/build", tomcat, PackagedWar.file(war).toString(), image);
    return new TomcatContainer(war, image);
  }

  /** Starts it with settings as an operator writes them; {@code oss} runs already. */
  TomcatContainer uploadingTo(OssEmulatorContainer oss) throws IOException {
    withEnv("OSS_POST_SERVER_ENDPOINT", oss.endpointInNetwork().toString());
    withEnv(
        Map.of(
            "OSS_POST_BUCKET", oss.bucket(),
            "OSS_POST_REGION", oss.region(),
            "OSS_POST_ENDPOINT", oss.endpoint().toString(),
            "OSS_ACCESS_KEY_ID", oss.accessKeyId(),
            "OSS_ACCESS_KEY_SECRET", oss.accessKeySecret(),
            "OSS_POST_CALLBACK_URL", "http://" + war + ":" + PORT + path() + "oss_upload_callback",
            "OSS_POST_CALLBACK_PUBLIC_KEY", publicKey(oss)));
    return withNetwork(oss.getNetwork());
  }

  /** Returns the address of the WAR for programs outside; ends in a slash. */
  URI page() {
    return URI.create("http://" + getHost() + ":" + getMappedPort(PORT) + path());
  }

  private String path() {
    return "/" + war + "/";
  }

  private static String publicKey(OssEmulatorContainer oss) throws IOException {
    try (InputStream in = oss.endpoint().resolve("/callback_pub_key_v1.pem").toURL().openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }
}
