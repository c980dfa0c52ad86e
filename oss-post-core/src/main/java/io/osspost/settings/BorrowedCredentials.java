package io.osspost.settings;

import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import java.time.Clock;
import java.util.Optional;

/** Credentials of the application, which are not closed with the endpoints. */
record BorrowedCredentials(OssCredentialsProvider lender) implements OssCredentialsProvider {
  @Override
  public OssCredentials resolve() {
    return lender.resolve();
  }

  @Override
  public Optional<OssCredentials> atHand() {
    return lender.atHand();
  }

  @Override
  public Clock clock() {
    return lender.clock();
  }

  @Override
  public Optional<Refreshes> refreshes() {
    return lender.refreshes();
  }

  @Override
  public void close() {}
}
