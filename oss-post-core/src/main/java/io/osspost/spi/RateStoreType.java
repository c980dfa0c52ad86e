package io.osspost.spi;

/**
 * A store of rates besides the database of the ledger, which the setting {@code rates.storage}
 * selects by its name. Loaded as a service, like a {@link StoreType}.
 */
public interface RateStoreType {
  /**
   * Returns the value of {@code rates.storage} that selects this type.
   *
   * @return the name, in lower case
   */
  String name();

  /**
   * Opens the store. It need not answer yet.
   *
   * @param options the application's objects
   * @return the rates, which the caller of this method closes
   * @throws IllegalArgumentException if the application lacks the store's client
   */
  SharedRates open(RateStoreOptions options);
}
