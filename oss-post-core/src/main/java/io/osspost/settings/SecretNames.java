package io.osspost.settings;

import java.util.List;

/** The one list of names whose values are secret. Mask them wherever settings are shown. */
public final class SecretNames {
  private static final List<String> SETTINGS =
      List.of(
          "credentials.access-key-secret",
          "credentials.security-token",
          "credentials.uri",
          "caller-secret",
          "callback.ticket-secret",
          "principal-secret");

  private static final List<String> ENVIRONMENT =
      List.of(
          "OSS_ACCESS_KEY_SECRET",
          "OSS_SESSION_TOKEN",
          "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
          "ALIBABA_CLOUD_SECURITY_TOKEN",
          "ALIBABA_CLOUD_CREDENTIALS_URI",
          "alibabacloud.accessKeySecret",
          "alibabacloud.sessionToken");

  private SecretNames() {}

  /** {@return the names of settings, without a framework's prefix} */
  public static List<String> ofSettings() {
    return SETTINGS;
  }

  /** {@return the environment variables and system properties that credentials are read from} */
  public static List<String> ofEnvironment() {
    return ENVIRONMENT;
  }
}
