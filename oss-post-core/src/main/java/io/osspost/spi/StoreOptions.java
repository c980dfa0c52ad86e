package io.osspost.spi;

import java.time.Clock;
import java.util.Optional;

/** The settings below {@code store}, and the application's objects that a store uses. */
public interface StoreOptions {
  /**
   * Returns the setting {@code store.data-source}.
   *
   * @return the name of the data source; empty if it is not set
   */
  Optional<String> dataSource();

  /**
   * Returns the setting {@code store.create-schema}.
   *
   * @return whether missing tables are created
   */
  boolean createSchema();

  /**
   * Returns an object of the application by its name.
   *
   * @param name such as {@code uploadsDataSource}
   * @return the object; empty if there is none
   */
  Optional<Object> object(String name);

  /**
   * Returns an object of the application by its type.
   *
   * @param type such as {@code javax.sql.DataSource}
   * @param <T> the type
   * @return the object; empty if there is none
   */
  <T> Optional<T> find(Class<T> type);

  /**
   * Returns the clock of grants and callbacks.
   *
   * @return the clock
   */
  Clock clock();
}
