package io.osspost.spi;

import io.osspost.credentials.OssCredentialsProvider;

/**
 * A type of credentials, which a setting selects by its name. Loaded as a service: a jar with a
 * type lists it in {@code META-INF/services}.
 */
public interface CredentialsType {
  /**
   * Returns the value of {@code credentials.type} that selects this type.
   *
   * @return the name, in lower case
   */
  String name();

  /**
   * Opens a provider. Must not fetch yet: an unreachable service must not prevent a server from
   * starting.
   *
   * @param options the settings below {@code credentials}
   * @return the provider, which the caller of this method closes
   * @throws IllegalArgumentException if the settings contradict each other
   */
  OssCredentialsProvider open(CredentialsOptions options);
}
