package io.osspost.credentials;

import java.util.Objects;
import java.util.Optional;

/** The same credentials always. */
record FixedCredentials(OssCredentials credentials) implements OssCredentialsProvider {
  FixedCredentials {
    Objects.requireNonNull(credentials, "credentials");
  }

  @Override
  public OssCredentials resolve() {
    return credentials;
  }

  @Override
  public Optional<OssCredentials> atHand() {
    return Optional.of(credentials);
  }
}
