package io.osspost.credentials;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Gets security tokens that are handed to clients, cut down to what the client may do. Called once
 * per token grant, from any thread: an implementation that fetches must cache by scope.
 */
@FunctionalInterface
public interface TokenVendor extends AutoCloseable {
  /**
   * What a token may be used for: writing objects below one prefix, and nothing else.
   *
   * @param bucket the bucket's name
   * @param prefix what every object's name begins with: empty, or ending in a slash
   * @param multipart whether objects may also be uploaded in parts
   * @param caller the principal the token is for; empty for an anonymous caller
   * @param validity how long the token should live; STS gives no less than 15 minutes
   */
  record Scope(
      String bucket,
      String prefix,
      boolean multipart,
      Optional<String> caller,
      Duration validity) {}

  /**
   * {@return temporary credentials, with a security token and an expiration, that can do what
   * {@code scope} says and no more}
   *
   * @param scope what the client may do
   * @throws CredentialsUnavailableException when none can be had now, naming the cause
   */
  OssCredentials vend(Scope scope);

  /**
   * Refuses a scope it could not vend a token for, when the server starts; refuses none by default.
   *
   * @param longest the scope of a profile whose caller has the longest name there is
   * @throws IllegalArgumentException saying what to shorten
   */
  default void check(Scope longest) {}

  /**
   * {@return what tells the time tokens end by; the system's clock, unless the vendor knows better}
   */
  default Clock clock() {
    return Clock.systemUTC();
  }

  /** Releases what this vendor opened; nothing by default. */
  @Override
  default void close() {}

  /**
   * Makes the vendor for settings that name {@code token.role-arn}. Found as a service, like a
   * {@link CredentialsType}.
   */
  interface Opener {
    /**
     * Opens a vendor that asks for tokens with {@code keys}.
     *
     * @param roleArn the role whose tokens are handed out
     * @param credentials the settings below {@code credentials}
     * @param keys what signs, which stays open while the vendor is used
     * @return the vendor
     * @throws IllegalArgumentException when {@code roleArn} is none
     */
    TokenVendor open(
        String roleArn, CredentialsType.Settings credentials, OssCredentialsProvider keys);
  }
}
