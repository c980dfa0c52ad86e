package io.osspost.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.PostFormat;
import io.osspost.PostGrant;
import io.osspost.callback.UploadListener;
import io.osspost.emulator.OssEmulator;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.store.JoinedTransaction;
import io.osspost.testsupport.FormPost;
import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebRequest;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The store in the application's database, and the listener in its transactions. */
@ExtendWith(OutputCaptureExtension.class)
class OssPostStoreAutoConfigurationTest {
  private static final byte[] PHOTO = "a photo".getBytes(UTF_8);

  private final JdbcDataSource source = new JdbcDataSource();
  private final JdbcTemplate jdbc = new JdbcTemplate(source);
  private final AtomicBoolean fails = new AtomicBoolean();
  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss = OssEmulator.builder().inMemory().start();
    source.setURL("jdbc:h2:mem:starter" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
    jdbc.execute("CREATE TABLE photos (object_key VARCHAR(200))");
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void listenerRunsInTheTransactionOfTheStore() {
    withManager()
        .run(
            context -> {
              UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
              PostGrant grant = upload(endpoints);
              assertThat(states()).containsExactly("OPEN");

              fails.set(true);
              assertThat(confirm(endpoints, grant)).isEqualTo(500);
              assertThat(count("photos")).as("rolled back").isZero();
              assertThat(count("oss_post_event")).isZero();

              fails.set(false);
              assertThat(confirm(endpoints, grant)).isEqualTo(200);
              assertThat(confirm(endpoints, grant)).isEqualTo(200);
              assertThat(count("photos")).isEqualTo(1);
              assertThat(jdbc.queryForList("SELECT state FROM oss_post_event", String.class))
                  .containsExactly("DONE");
              assertThat(states()).containsExactly("REPORTED");
            });
  }

  @Test
  void reportIsCommittedAlthoughTheTransactionOfTheCallerIsRolledBack() {
    withManager()
        .run(
            context -> {
              UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
              PostGrant grant = upload(endpoints);
              new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                  .executeWithoutResult(
                      outer -> {
                        jdbc.queryForList("SELECT * FROM photos");
                        assertThat(confirm(endpoints, grant)).isEqualTo(200);
                        outer.setRollbackOnly();
                      });
              assertThat(states()).containsExactly("REPORTED");
              assertThat(count("photos")).as("the effect of the reported upload").isEqualTo(1);
            });
  }

  @Test
  void withoutTransactionManagerTheListenerRunsAlone(CapturedOutput output) {
    application()
        .run(
            context -> {
              UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
              PostGrant grant = upload(endpoints);
              assertThat(confirm(endpoints, grant)).isEqualTo(200);
              assertThat(count("photos")).isEqualTo(1);
            });
    assertThat(output)
        .contains("do not run in a transaction with the store: there is no single")
        .doesNotContain("hear of no upload");
  }

  @Test
  void managerOfAnotherDatabaseIsNotJoined(CapturedOutput output) {
    JdbcDataSource other = new JdbcDataSource();
    other.setURL("jdbc:h2:mem:other" + System.nanoTime());
    application()
        .withBean(PlatformTransactionManager.class, () -> new DataSourceTransactionManager(other))
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(output).contains("does not manage the connections");
  }

  @Test
  void yourTransactionTakesPrecedence() {
    JoinedTransaction yours =
        (JoinedTransaction)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {JoinedTransaction.class},
                (proxy, method, arguments) -> {
                  throw new IllegalStateException("Your transaction was called.");
                });
    withManager()
        .withBean(JoinedTransaction.class, () -> yours)
        .run(
            context -> {
              UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
              PostGrant grant = upload(endpoints);
              assertThat(confirm(endpoints, grant)).isEqualTo(500);
            });
  }

  @Test
  void dataSourceIsNamedAndMissingTablesAreTold() {
    JdbcDataSource empty = new JdbcDataSource();
    empty.setURL("jdbc:h2:mem:empty" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
    ApplicationContextRunner two =
        withManager()
            .withBean("uploads", DataSource.class, () -> empty)
            .withPropertyValues("oss.post.store.data-source=uploads");
    two.run(context -> assertThat(context).hasNotFailed());
    assertThat(new JdbcTemplate(empty).queryForObject("SELECT 1 FROM oss_post_schema", Long.class))
        .isEqualTo(1);
    withManager()
        .withPropertyValues("oss.post.store.create-schema=false")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("OSS_POST_SCHEMA"));
    withManager()
        .withPropertyValues("oss.post.store.data-source=missing")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("There is no object named 'missing'"));
  }

  @Test
  void scriptsOfTheApplicationCreateTheTablesFirst() {
    withManager()
        .withUserConfiguration(Scripts.class)
        .withPropertyValues("oss.post.store.create-schema=false")
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(jdbc.queryForObject("SELECT version FROM oss_post_schema", Long.class)).isEqualTo(1);
  }

  /** Runs the file in the jar. It is lazy, so it runs only if another bean depends on it. */
  @Configuration(proxyBeanMethods = false)
  @Import(DatabaseInitializationDependencyConfigurer.class)
  static class Scripts {
    @Bean
    @Lazy
    DataSourceScriptDatabaseInitializer scripts(DataSource source) {
      DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
      settings.setSchemaLocations(List.of("classpath:io/osspost/store/h2/V1__oss_post.sql"));
      return new DataSourceScriptDatabaseInitializer(source, settings);
    }
  }

  @Test
  void unusableStoresAreExplained() {
    JdbcDataSource unreachable = new JdbcDataSource();
    unreachable.setURL("jdbc:h2:tcp://127.0.0.1:1/none");
    refused(unreachable, "The database failed with", "Check that it runs");
    refused(source, "The tables of oss-post do not exist", "Set store.create-schema to true");

    withManager().run(context -> assertThat(context).hasNotFailed());
    jdbc.execute("CREATE USER reader PASSWORD ''");
    jdbc.execute("GRANT SELECT ON SCHEMA PUBLIC TO reader");
    JdbcDataSource reader = new JdbcDataSource();
    reader.setURL(source.getURL().replace(";DB_CLOSE_DELAY=-1", ""));
    reader.setUser("reader");
    refused(reader, "may not change the tables", "Grant SELECT, INSERT, UPDATE and DELETE");

    jdbc.execute("UPDATE oss_post_schema SET version = 7");
    withManager()
        .run(
            context ->
                assertThat(FailedStart.analysis(context).getDescription())
                    .contains("have version 7", "needs version 1", "Use the version of"));
  }

  private void refused(DataSource database, String fact, String fix) {
    withManager()
        .withBean("uploads", DataSource.class, () -> database)
        .withPropertyValues(
            "oss.post.store.data-source=uploads", "oss.post.store.create-schema=false")
        .run(
            context -> {
              FailureAnalysis analysis = FailedStart.analysis(context);
              assertThat(analysis.getDescription())
                  .startsWith("The store of uploads cannot be used: ")
                  .contains(fact, fix);
              assertThat(analysis.getAction()).contains("'oss.post.store'");
            });
  }

  @Test
  void withoutTheModuleTheSettingNamesTheDependency() {
    withManager()
        .withClassLoader(new FilteredClassLoader("io.osspost.store"))
        .run(context -> assertThat(context).hasFailed());
    Starter.offWeb()
        .withConfiguration(AutoConfigurations.of(OssPostStoreAutoConfiguration.class))
        .run(context -> assertThat(context).doesNotHaveBean(CollaboratorsCustomizer.class));
  }

  private ApplicationContextRunner withManager() {
    return application()
        .withBean(PlatformTransactionManager.class, () -> new DataSourceTransactionManager(source));
  }

  private ApplicationContextRunner application() {
    return Starter.bare(new ApplicationContextRunner())
        .withConfiguration(AutoConfigurations.of(OssPostStoreAutoConfiguration.class))
        .withBean("dataSource", DataSource.class, () -> source)
        .withBean(UploadListener.class, () -> this::receive)
        .withPropertyValues(
            "oss.post.bucket=" + oss.bucket(),
            "oss.post.region=" + oss.region(),
            "oss.post.endpoint=" + oss.endpoint(),
            "oss.post.credentials.type=static",
            "oss.post.credentials.access-key-id=" + oss.accessKeyId(),
            "oss.post.credentials.access-key-secret=" + oss.accessKeySecret(),
            "oss.post.store.type=jdbc",
            "oss.post.store.create-schema=true");
  }

  private void receive(io.osspost.callback.UploadedObject uploaded) {
    jdbc.update("INSERT INTO photos VALUES (?)", uploaded.key().value());
    if (fails.get()) {
      throw new IllegalStateException("The listener failed.");
    }
  }

  private static PostGrant upload(UploadEndpoints endpoints) throws Exception {
    PostGrant grant =
        endpoints
            .grants()
            .post(
                "default",
                PostFormat.FORM,
                Caller.named("alice"),
                PlannedUpload.of("a.png").size(PHOTO.length).type("image/png"));
    assertThat(FormPost.send(grant.url(), grant.fields(), "a.png", "image/png", PHOTO).statusCode())
        .isEqualTo(200);
    return grant;
  }

  private static int confirm(UploadEndpoints endpoints, PostGrant grant) {
    return endpoints.handle(new Confirmation(grant.ticket().orElseThrow())).orElseThrow().status();
  }

  private List<String> states() {
    return jdbc.queryForList("SELECT state FROM oss_post_grant", String.class);
  }

  private long count(String table) {
    return jdbc.queryForList("SELECT * FROM " + table).size();
  }

  /** The page's report of its upload. */
  private record Confirmation(String ticket) implements WebRequest {
    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String path() {
      return "/oss_upload_confirm";
    }

    @Override
    public String rawPath() {
      return path();
    }

    @Override
    public Optional<String> rawQuery() {
      return Optional.empty();
    }

    @Override
    public byte[] body() {
      return ("ticket=" + ticket).getBytes(UTF_8);
    }

    @Override
    public Optional<String> header(String name) {
      return name.equalsIgnoreCase("Content-Type")
          ? Optional.of("application/x-www-form-urlencoded")
          : Optional.empty();
    }

    @Override
    public Map<String, List<String>> parameters() {
      return Map.of("ticket", List.of(ticket));
    }

    @Override
    public Optional<String> principal() {
      return Optional.of("alice");
    }

    @Override
    public boolean isInRole(String role) {
      return false;
    }
  }
}
