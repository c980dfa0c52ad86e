package io.osspost.credentials;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads an AccessKey pair from environment variables. */
final class EnvironmentCredentials {
  /** The names of the variables that one family of vendor tools reads. */
  private record Names(String id, String secret, String token) {}

  private static final List<Names> IN_ORDER =
      List.of(
          new Names("OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET", "OSS_SESSION_TOKEN"),
          new Names(
              "ALIBABA_CLOUD_ACCESS_KEY_ID",
              "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
              "ALIBABA_CLOUD_SECURITY_TOKEN"));

  private EnvironmentCredentials() {}

  static OssCredentials read(Map<String, String> environment) {
    for (Names names : IN_ORDER) {
      String id = set(environment, names.id);
      String secret = set(environment, names.secret);
      if (id != null && secret != null) {
        String token = set(environment, names.token);
        return read(names, id, secret, token);
      }
      if (id != null || secret != null) {
        throw new CredentialsUnavailableException(
            (id == null
                    ? names.secret + " is set but " + names.id
                    : names.id + " is set but " + names.secret)
                + " is not. Set both, or neither.");
      }
    }
    throw new CredentialsUnavailableException(
        IN_ORDER.stream()
            .map(names -> "  environment: " + names.id + " is not set")
            .collect(
                Collectors.joining(
                    "\n",
                    "No credentials to sign uploads with. Tried, in order:\n",
                    "\nSet OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET, or pass your own"
                        + " OssCredentialsProvider.")));
  }

  private static OssCredentials read(
      Names names, String id, String secret, @Nullable String token) {
    try {
      return token == null
          ? OssCredentials.of(id, secret)
          : OssCredentials.temporary(id, secret, token);
    } catch (IllegalArgumentException e) {
      throw new CredentialsUnavailableException(
          names.id + " and " + names.secret + " are not usable. " + e.getMessage(), e);
    }
  }

  private static @Nullable String set(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
