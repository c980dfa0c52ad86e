package io.osspost.spi;

import io.osspost.credentials.OssCredentialsProvider;

/**
 * One way to come by credentials, which settings choose by its name. Found as a service: a jar that
 * brings one lists it in {@code META-INF/services}.
 */
public interface CredentialsType {
  /**
   * What {@code credentials.type} says to choose it.
   *
   * @return the name, in lower case
   */
  String name();

  /**
   * Opens what the settings describe. Asks nobody yet: a world that does not answer must not keep a
   * server from starting.
   *
   * @param options the settings below {@code credentials}
   * @return the provider, which the caller closes
   * @throws IllegalArgumentException when the settings contradict each other
   */
  OssCredentialsProvider open(CredentialsOptions options);
}
