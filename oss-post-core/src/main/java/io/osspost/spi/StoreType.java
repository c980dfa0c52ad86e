package io.osspost.spi;

import io.osspost.ledger.StoreUnavailableException;

/**
 * A type of store that several servers share, which the setting {@code store.type} selects by its
 * name. Loaded as a service, like a {@link CredentialsType}.
 */
public interface StoreType {
  /**
   * Returns the value of {@code store.type} that selects this type.
   *
   * @return the name, in lower case
   */
  String name();

  /**
   * Opens the store.
   *
   * @param options the settings below {@code store}, and the application's objects
   * @return the store, which the caller of this method closes
   * @throws StoreUnavailableException if the store does not answer, or lacks its tables
   * @throws IllegalArgumentException if the settings contradict each other
   */
  SharedStore open(StoreOptions options);
}
