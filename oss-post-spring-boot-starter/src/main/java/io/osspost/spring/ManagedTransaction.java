package io.osspost.spring;

import io.osspost.store.JoinedTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A transaction of the application's transaction manager, which the store joins. Thread-safe. */
final class ManagedTransaction implements JoinedTransaction {
  private final DataSource source;
  private final TransactionTemplate template;

  ManagedTransaction(DataSource source, PlatformTransactionManager manager) {
    this.source = source;
    this.template = new TransactionTemplate(manager);
    // A rollback of the caller's transaction must not undo a report that the ledger has noted.
    this.template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** Returns whether a transaction of the manager has a connection of the data source. */
  boolean isOfDataSource() {
    return Boolean.TRUE.equals(
        template.execute(status -> TransactionSynchronizationManager.hasResource(source)));
  }

  @Override
  public void run(Runnable work) {
    template.executeWithoutResult(status -> work.run());
  }

  @Override
  public Connection connection() throws SQLException {
    return DataSourceUtils.doGetConnection(source);
  }

  @Override
  public void release(Connection connection) throws SQLException {
    DataSourceUtils.doReleaseConnection(connection, source);
  }
}
