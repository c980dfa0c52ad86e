package io.osspost.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.testcontainers.DockerClientFactory;

/** The container image of the emulator, built from this tree. */
public final class EmulatorImage {
  private EmulatorImage() {}

  /**
   * Builds the image, or skips the test that calls if this machine has no Docker.
   *
   * @param folder the folder of the emulator's module
   */
  public static void build(String folder, String image) throws IOException, InterruptedException {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw Requirement.DOCKER.missing(
          "No Docker found. Start a daemon, and set DOCKER_HOST if it is elsewhere.");
    }
    Process build =
        new ProcessBuilder(folder + "/container/build", image).redirectErrorStream(true).start();
    String output = new String(build.getInputStream().readAllBytes(), UTF_8);
    assertThat(build.waitFor()).as(output).isZero();
  }
}
