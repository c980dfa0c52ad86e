package io.osspost.spring;

import io.osspost.store.JoinedTransaction;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of the transaction in which upload listeners run, for applications with
 * oss-post-store, spring-jdbc and one transaction manager.
 */
@AutoConfiguration(before = OssPostEndpointsAutoConfiguration.class)
@ConditionalOnClass({
  JoinedTransaction.class,
  DataSourceUtils.class,
  PlatformTransactionManager.class
})
@ConditionalOnProperty(prefix = "oss.post.store", name = "type", havingValue = "jdbc")
public class OssPostStoreAutoConfiguration {
  private static final Log LOG = LogFactory.getLog(OssPostStoreAutoConfiguration.class);

  private static final String DATA_SOURCE = "oss.post.store.data-source";

  /** The application's own transaction takes precedence. */
  @Bean
  @ConditionalOnMissingBean(JoinedTransaction.class)
  CollaboratorsCustomizer ossPostStoreTransaction(
      ListableBeanFactory beans,
      Environment environment,
      ObjectProvider<PlatformTransactionManager> managers) {
    return collaborators ->
        collaborators.lookup(
            JoinedTransaction.class,
            () -> transaction(beans, environment, managers).map(JoinedTransaction.class::cast));
  }

  @Bean
  @ConditionalOnBean(JoinedTransaction.class)
  CollaboratorsCustomizer ossPostOwnTransaction(ObjectProvider<JoinedTransaction> own) {
    return collaborators ->
        collaborators.lookup(
            JoinedTransaction.class, () -> Optional.ofNullable(own.getIfAvailable()));
  }

  private static Optional<ManagedTransaction> transaction(
      ListableBeanFactory beans,
      Environment environment,
      ObjectProvider<PlatformTransactionManager> managers) {
    PlatformTransactionManager manager = managers.getIfUnique();
    if (manager == null) {
      return notJoined("there is no single transaction manager");
    }
    String name = environment.getProperty(DATA_SOURCE);
    DataSource source;
    if (!StringUtils.hasText(name)) {
      source = beans.getBeanProvider(DataSource.class).getIfAvailable();
    } else if (beans.containsBean(name) && beans.getBean(name) instanceof DataSource named) {
      source = named;
    } else {
      return notJoined("'" + name + "' is not a bean");
    }
    if (source == null) {
      return Optional.empty(); // The store reports it.
    }
    ManagedTransaction transaction = new ManagedTransaction(source, manager);
    return transaction.isOfDataSource()
        ? Optional.of(transaction)
        : notJoined("the transaction manager does not manage the connections of its DataSource");
  }

  private static Optional<ManagedTransaction> notJoined(String reason) {
    LOG.warn(
        "Upload listeners do not run in a transaction with the store: "
            + reason
            + ". An upload can be reported twice if a node is killed. Declare one transaction manager"
            + " for the DataSource of the store (oss.post.store.data-source), or a JoinedTransaction"
            + " bean.");
    return Optional.empty();
  }
}
