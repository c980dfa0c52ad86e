package io.osspost.spi;

import java.util.Optional;

/** The application's objects that a store of rates uses. */
public interface RateStoreOptions {
  /**
   * Returns the setting {@code rates.client}.
   *
   * @return the name of the store's client; empty if it is not set
   */
  Optional<String> client();

  /**
   * Returns an object of the application by its name.
   *
   * @param name such as {@code uploadsRedis}
   * @return the object; empty if there is none
   */
  Optional<Object> object(String name);

  /**
   * Returns an object of the application by its type.
   *
   * @param type such as {@code io.lettuce.core.RedisClient}
   * @param <T> the type
   * @return the object; empty if there is none
   */
  <T> Optional<T> find(Class<T> type);
}
