package io.osspost.credentials;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Supplies the credentials that sign uploads. Called once per grant, from any thread: an
 * implementation that fetches must cache, and must return the same instance while the keys are
 * unchanged.
 */
@FunctionalInterface
public interface OssCredentialsProvider extends AutoCloseable {
  /**
   * {@return credentials that are valid now; the same instance while the keys are unchanged}
   *
   * @throws CredentialsUnavailableException naming each source tried and how to configure it
   */
  OssCredentials resolve();

  /**
   * {@return the credentials, when they are known without asking anybody and stay as they are;
   * empty unless overridden} What is built on them is checked when the server starts.
   */
  default Optional<OssCredentials> atHand() {
    return Optional.empty();
  }

  /**
   * What tells the time of the signatures made with these credentials: the system's clock, unless
   * the provider learned from the cloud that it is wrong.
   *
   * @return the clock to date signatures by
   */
  default Clock clock() {
    return Clock.systemUTC();
  }

  /**
   * How fetching went so far, for a provider that fetches; empty unless overridden.
   *
   * @return the state now
   */
  default Optional<Refreshes> refreshes() {
    return Optional.empty();
  }

  /**
   * How often credentials were fetched since the provider was opened. Immutable.
   *
   * @param succeeded how often keys were lent
   * @param failed how often none were
   * @param lastFailure when and why none were the last time; empty once keys were lent again
   */
  record Refreshes(long succeeded, long failed, Optional<Failure> lastFailure) {}

  /**
   * Why credentials could not be fetched.
   *
   * @param at by the provider's clock
   * @param message a fact and a fix, for the operator; never a secret
   */
  record Failure(Instant at, String message) {}

  /** Releases what this provider opened; nothing by default. */
  @Override
  default void close() {}

  /**
   * {@return a provider of {@code credentials} and no others; for tests and fixed AccessKey pairs}
   *
   * @param credentials what signs always
   */
  static OssCredentialsProvider of(OssCredentials credentials) {
    return new FixedCredentials(credentials);
  }

  /**
   * Reads {@code OSS_ACCESS_KEY_ID}, {@code OSS_ACCESS_KEY_SECRET} and {@code OSS_SESSION_TOKEN},
   * else {@code ALIBABA_CLOUD_ACCESS_KEY_ID}, {@code ALIBABA_CLOUD_ACCESS_KEY_SECRET} and {@code
   * ALIBABA_CLOUD_SECURITY_TOKEN}, once: the environment of a process does not change.
   *
   * @return a provider of the pair that was found
   * @throws CredentialsUnavailableException when neither pair is complete
   */
  static OssCredentialsProvider environment() {
    return of(EnvironmentCredentials.read(System.getenv()));
  }
}
