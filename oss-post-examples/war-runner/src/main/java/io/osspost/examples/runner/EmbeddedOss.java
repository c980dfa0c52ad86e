package io.osspost.examples.runner;

import io.osspost.emulator.OssEmulator;
import java.util.Map;

/** An emulator inside this process, and the settings that the filter needs for it. */
final class EmbeddedOss {
  private static final String PREFIX = "oss.post.";

  private EmbeddedOss() {}

  /**
   * Starts the emulator, with the secret from the environment if there is one. It calls {@code
   * application} back after each upload. Returns its address.
   */
  static String start(String application) {
    String secret = System.getenv("OSS_POST_CREDENTIALS_ACCESS_KEY_SECRET");
    OssEmulator.Builder builder = OssEmulator.builder();
    OssEmulator oss =
        (secret == null ? builder : builder.accessKey("EmulatorAccessKeyId", secret)).start();
    Map.of(
            "bucket", oss.bucket(),
            "region", oss.region(),
            "endpoint", oss.endpoint().toString(),
            "credentials.type", "static",
            "credentials.access-key-id", oss.accessKeyId(),
            "credentials.access-key-secret", oss.accessKeySecret(),
            "callback.url", application + "oss_upload_callback",
            "callback.public-key", oss.callbackPublicKeyPem())
        .forEach((name, value) -> System.setProperty(PREFIX + name, value));
    Runtime.getRuntime().addShutdownHook(new Thread(oss::close, "end of the embedded OSS"));
    return oss.endpoint().toString();
  }
}
