package io.osspost.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The file in the jar as a migration of Flyway, as the documents describe it. */
class FlywayTest {
  private final JdbcDataSource source = new JdbcDataSource();

  @Test
  void tablesAreMigratedBesideThoseOfTheApplication() {
    source.setURL("jdbc:h2:mem:flyway;DB_CLOSE_DELAY=-1");
    Flyway.configure().dataSource(source).locations("classpath:db/application").load().migrate();

    MigrateResult first = migrateUploads();
    assertThat(first.migrationsExecuted).isEqualTo(1);
    assertThat(first.targetSchemaVersion).isEqualTo("1");
    JdbcStore.builder(source).open().close();
    assertThat(migrateUploads().migrationsExecuted).isZero();
    assertThat(
            Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/application")
                .load()
                .migrate()
                .migrationsExecuted)
        .as("the application's own history")
        .isZero();
  }

  private MigrateResult migrateUploads() {
    return Flyway.configure()
        .dataSource(source)
        .locations("classpath:io/osspost/store/h2")
        .table("oss_post_flyway")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }
}
