package io.osspost.credentials;

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

  /** Releases what this vendor opened; nothing by default. */
  @Override
  default void close() {}
}
