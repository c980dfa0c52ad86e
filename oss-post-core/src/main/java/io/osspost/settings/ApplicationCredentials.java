package io.osspost.settings;

import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import java.time.Clock;
import java.util.Optional;

/** Credentials of the application, which are not closed with the endpoints. */
record ApplicationCredentials(OssCredentialsProvider provider) implements OssCredentialsProvider {
  @Override
  public OssCredentials resolve() {
    return provider.resolve();
  }

  @Override
  public OssCredentials resolveWithoutWaiting() {
    return provider.resolveWithoutWaiting();
  }

  @Override
  public Optional<OssCredentials> fixedCredentials() {
    return provider.fixedCredentials();
  }

  @Override
  public Clock clock() {
    return provider.clock();
  }

  @Override
  public Optional<Refreshes> refreshes() {
    return provider.refreshes();
  }

  @Override
  public void close() {}
}
