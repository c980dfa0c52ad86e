package io.osspost.credentials;

import java.util.Objects;
import java.util.Optional;

/** Always returns the same credentials. */
record FixedCredentials(OssCredentials credentials) implements OssCredentialsProvider {
  FixedCredentials {
    Objects.requireNonNull(credentials, "credentials");
  }

  @Override
  public OssCredentials resolve() {
    return credentials;
  }

  @Override
  public Optional<OssCredentials> fixedCredentials() {
    return Optional.of(credentials);
  }
}
