package io.osspost.credentials;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Supplies the credentials that sign uploads. Called once per grant, from any thread. An
 * implementation that fetches must cache, and must return the same instance while the credentials
 * are unchanged.
 */
@FunctionalInterface
public interface OssCredentialsProvider extends AutoCloseable {
  /**
   * {@return credentials that are valid now; the same instance while they are unchanged}
   *
   * @throws CredentialsUnavailableException if none are available; the message names each source
   *     that was tried and how to configure it
   */
  OssCredentials resolve();

  /**
   * Returns credentials like {@link #resolve}, but never waits for a fetch. Health checks call it.
   * Calls {@code resolve} by default.
   *
   * @return credentials that are valid now
   * @throws CredentialsUnavailableException if none are available now
   */
  default OssCredentials resolveWithoutWaiting() {
    return resolve();
  }

  /**
   * {@return the credentials, if they are known without a call and never change; empty by default}
   * Settings that depend on them are then checked at startup.
   */
  default Optional<OssCredentials> fixedCredentials() {
    return Optional.empty();
  }

  /**
   * Returns the clock of signatures made with these credentials. Defaults to the system's clock. A
   * provider overrides it if it learns from the cloud that the system's clock is wrong.
   *
   * @return the clock for dates of signatures
   */
  default Clock clock() {
    return Clock.systemUTC();
  }

  /**
   * Returns the counts of a provider that fetches; empty by default.
   *
   * @return the current counts
   */
  default Optional<Refreshes> refreshes() {
    return Optional.empty();
  }

  /**
   * Counts how often credentials were fetched since the provider was opened. Immutable.
   *
   * @param succeeded the number of successful fetches
   * @param failed the number of failed fetches
   * @param lastFailure when and why the latest fetch failed; empty after a successful fetch
   */
  record Refreshes(long succeeded, long failed, Optional<Failure> lastFailure) {}

  /**
   * The reason why credentials could not be fetched.
   *
   * @param at by the provider's clock
   * @param message a fact and a fix, for the operator; never a secret
   */
  record Failure(Instant at, String message) {}

  /** Releases the provider's resources. Does nothing by default. */
  @Override
  default void close() {}

  /**
   * {@return a provider that always returns {@code credentials}; for tests and fixed AccessKey
   * pairs}
   *
   * @param credentials the credentials
   */
  static OssCredentialsProvider of(OssCredentials credentials) {
    return new FixedCredentials(credentials);
  }

  /**
   * Reads {@code OSS_ACCESS_KEY_ID}, {@code OSS_ACCESS_KEY_SECRET} and {@code OSS_SESSION_TOKEN},
   * otherwise {@code ALIBABA_CLOUD_ACCESS_KEY_ID}, {@code ALIBABA_CLOUD_ACCESS_KEY_SECRET} and
   * {@code ALIBABA_CLOUD_SECURITY_TOKEN}. They are read once, because the environment of a process
   * does not change.
   *
   * @return a provider of the pair that was found
   * @throws CredentialsUnavailableException if neither pair is complete
   */
  static OssCredentialsProvider environment() {
    return of(EnvironmentCredentials.read(System.getenv()));
  }
}
