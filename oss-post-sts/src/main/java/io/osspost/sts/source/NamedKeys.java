package io.osspost.sts.source;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import java.util.Map;
import java.util.Optional;

/** Keys under known names: of environment variables, or of properties. */
record NamedKeys(
    String name, Map<String, String> values, String idName, String secretName, String tokenName)
    implements CredentialsSource {
  @Override
  public OssCredentials fetch() {
    String id = required(idName);
    String secret = required(secretName);
    Optional<String> token = value(tokenName);
    return Keys.of(
        idName + " with " + secretName,
        () ->
            token.isPresent()
                ? OssCredentials.temporary(id, secret, token.get())
                : OssCredentials.of(id, secret));
  }

  private String required(String key) {
    return value(key).orElseThrow(() -> new CredentialsUnavailableException(key + " is not set."));
  }

  private Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** Returns the place, never the values. */
  @Override
  public String toString() {
    return name;
  }
}
