package io.osspost.store;

import io.osspost.spi.SharedStore;
import io.osspost.spi.StoreOptions;
import io.osspost.spi.StoreType;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * The type {@code jdbc} of the setting {@code store.type}. Its data source is an object of the
 * application, or one of JNDI. It joins a {@link JoinedTransaction} of the application: in a
 * servlet container the context's attribute with the name of that interface.
 */
public final class JdbcStoreType implements StoreType {
  /** Creates the type; called by the loader of services. */
  public JdbcStoreType() {}

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public SharedStore open(StoreOptions options) {
    JdbcStore.Builder store =
        JdbcStore.builder(source(options))
            .createSchema(options.createSchema())
            .clock(options.clock());
    transaction(options).ifPresent(store::transaction);
    return store.open();
  }

  private static Optional<JoinedTransaction> transaction(StoreOptions options) {
    return options
        .find(JoinedTransaction.class)
        .or(
            () ->
                options
                    .object(JoinedTransaction.class.getName())
                    .filter(JoinedTransaction.class::isInstance)
                    .map(JoinedTransaction.class::cast));
  }

  private static DataSource source(StoreOptions options) {
    Optional<String> name = options.dataSource();
    if (name.isEmpty()) {
      return options
          .find(DataSource.class)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "The application has no single DataSource. Write the name of one: a bean, an"
                          + " attribute of the servlet context, or a JNDI name like"
                          + " java:comp/env/jdbc/uploads."));
    }
    Object found = name.get().startsWith("java:") ? named(name.get()) : held(options, name.get());
    if (found instanceof DataSource source) {
      return source;
    }
    throw new IllegalArgumentException(
        "'" + name.get() + "' is a " + found.getClass().getName() + ", not a DataSource.");
  }

  private static Object held(StoreOptions options, String name) {
    return options
        .object(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no object named '"
                        + name
                        + "'. Write the name of a DataSource, or a JNDI name that begins with"
                        + " java:."));
  }

  /** Only the operator names the object, and the scheme java: leads to no other machine. */
  @SuppressWarnings("BanJNDI")
  private static Object named(String name) {
    try {
      return new InitialContext().lookup(name);
    } catch (NamingException e) {
      throw new IllegalArgumentException(
          "JNDI has no object '" + name + "'. Declare the DataSource in the container.", e);
    }
  }
}
