package io.osspost.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.osspost.PostFormat;
import io.osspost.PostGrant;
import io.osspost.callback.Confirmation;
import io.osspost.callback.ReportSource;
import io.osspost.callback.UploadedObject;
import io.osspost.emulator.OssEmulator;
import io.osspost.ledger.GrantEnd;
import io.osspost.ledger.GrantState;
import io.osspost.ledger.UploadLedger;
import io.osspost.object.ObjectKey;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.spring.OssPostStoreAutoConfiguration;
import io.osspost.spring.SigningCredentials;
import io.osspost.spring.Starter;
import io.osspost.ticket.GrantTerms;
import io.osspost.web.UploadEndpoints;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Health, metrics and the list of open grants of an application with a ledger. */
class LedgerOperationsTest {
  private final JdbcDataSource h2 = new JdbcDataSource();
  private final Switched source = new Switched(h2);
  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss = OssEmulator.builder().inMemory().start();
    h2.setURL("jdbc:h2:mem:operations" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void healthHasTheOldestOpenGrant() {
    application()
        .run(
            context -> {
              PostGrant grant = grant(context);
              assertThat(health(context)).contains("UP");
              HealthReport report = report(context);
              assertThat(report.up()).isTrue();
              assertThat(ledger(report))
                  .containsEntry("openGrants", 1L)
                  .containsEntry("sweepRuns", true)
                  .containsEntry("overdueSeconds", 0L)
                  .containsEntry("oldestDueAt", grant.expiresAt().plusSeconds(600).toString())
                  .doesNotContainKeys("error", "problem");
              assertThat(report.toString()).doesNotContain("alice", oss.accessKeySecret());
            });
  }

  @Test
  void healthIsDownWhileTheDatabaseDoesNotAnswer() {
    application()
        .run(
            context -> {
              source.fails = true;
              assertThat(health(context)).contains("DOWN");
              assertThat(ledger(report(context)).get("error"))
                  .asString()
                  .contains("The database failed with", "Check that it runs");
              source.fails = false;
              // The sweep fails until its next pass.
              Awaitility.await().untilAsserted(() -> assertThat(report(context).up()).isTrue());
            });
  }

  @Test
  void healthIsDownIfTablesVanishOrTheUserMayOnlyRead() {
    application()
        .run(
            context -> {
              JdbcTemplate jdbc = new JdbcTemplate(h2);
              jdbc.execute("CREATE USER reader PASSWORD ''");
              jdbc.execute("GRANT SELECT ON SCHEMA PUBLIC TO reader");
              // The other part of the address is for administrators.
              String url = h2.getURL();
              h2.setURL(url.replace(";DB_CLOSE_DELAY=-1", ""));
              h2.setUser("reader");
              assertThat(health(context)).contains("DOWN");
              assertThat(ledger(report(context)).get("error"))
                  .asString()
                  .contains("may not change", "Grant SELECT, INSERT");
              h2.setURL(url);
              h2.setUser("");
              jdbc.execute("DROP TABLE oss_post_grant");
              assertThat(health(context)).contains("DOWN");
              assertThat(ledger(report(context)).get("error"))
                  .asString()
                  .contains("do not exist", "store.create-schema");
            });
  }

  @Test
  void openGrantsAreListedWithoutNames() {
    application()
        .run(
            context -> {
              PostGrant grant = grant(context);
              Map<String, Object> shown =
                  context.getBean(OpenGrantsEndpoint.class).grants(SecurityContext.NONE);
              assertThat(shown).containsEntry("open", 1L).containsEntry("recorded", true);
              assertThat(first(shown))
                  .containsEntry("profile", "default")
                  .containsEntry("kind", "post")
                  .containsEntry("key", "******")
                  .containsEntry("caller", "******")
                  .containsEntry("expiresAt", grant.expiresAt().toString())
                  .containsEntry("maxSize", 7L);
              assertThat(shown.toString())
                  .doesNotContain("alice", grant.ticket().orElseThrow(), oss.accessKeySecret());
            });
  }

  @Test
  void namesAreShownToTheConfiguredRoles() {
    application()
        .withPropertyValues(
            "management.endpoint.ossgrants.show-values=when-authorized",
            "management.endpoint.ossgrants.roles=operator")
        .run(
            context -> {
              grant(context);
              OpenGrantsEndpoint endpoint = context.getBean(OpenGrantsEndpoint.class);
              assertThat(first(endpoint.grants(new User("developer"))))
                  .containsEntry("caller", "******");
              assertThat(first(endpoint.grants(new User("operator"))))
                  .containsEntry("caller", "alice");
            });
  }

  @Test
  void namesAreShownToAllIfConfigured() {
    application()
        .withPropertyValues("management.endpoint.ossgrants.show-values=always")
        .run(
            context -> {
              PostGrant grant = grant(context);
              assertThat(
                      first(context.getBean(OpenGrantsEndpoint.class).grants(SecurityContext.NONE)))
                  .containsEntry("key", grant.key().orElseThrow().value());
            });
  }

  @Test
  void endpointTellsThatTheDatabaseDoesNotAnswer() {
    application()
        .run(
            context -> {
              source.fails = true;
              assertThat(context.getBean(OpenGrantsEndpoint.class).grants(SecurityContext.NONE))
                  .doesNotContainKey("grants")
                  .extractingByKey("error")
                  .asString()
                  .contains("Check that it runs");
            });
  }

  @Test
  void withoutLedgerNothingIsRecorded() {
    Starter.offWeb()
        .withPropertyValues("management.endpoints.web.exposure.include=*")
        .run(
            context -> {
              assertThat(context.getBean(OpenGrantsEndpoint.class).grants(SecurityContext.NONE))
                  .isEqualTo(Map.of("recorded", false, "grants", List.of()));
              assertThat(report(context).details()).doesNotContainKey("ledger");
              assertThat(bound(context).find("oss.post.ledger.grants").meter()).isNull();
            });
  }

  @Test
  void ledgerOfTheApplicationIsShownAsFarAsItCanBeRead() {
    UploadLedger yours =
        (UploadLedger)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {UploadLedger.class},
                (proxy, method, arguments) ->
                    method.isDefault()
                        ? InvocationHandler.invokeDefault(proxy, method, arguments)
                        : List.of());
    Starter.offWeb()
        .withPropertyValues("management.endpoints.web.exposure.include=*")
        .withBean(UploadLedger.class, () -> yours)
        .run(
            context -> {
              assertThat(report(context).up()).isTrue();
              assertThat(ledger(report(context)))
                  .containsEntry("sweepRuns", true)
                  .doesNotContainKey("openGrants");
              assertThat(context.getBean(OpenGrantsEndpoint.class).grants(SecurityContext.NONE))
                  .isEqualTo(Map.of("recorded", true, "grants", List.of()));
            });
  }

  @Test
  void grantsOfTheLedgerAreGauges() {
    application()
        .run(
            context -> {
              grant(context);
              grant(context);
              MeterRegistry registry = bound(context);
              assertThat(gauge(registry, "open")).isEqualTo(2);
              assertThat(gauge(registry, "absent")).isZero();
              assertThat(registry.get("oss.post.ledger.overdue").gauge().value()).isZero();

              new JdbcTemplate(h2)
                  .update(
                      "UPDATE oss_post_grant SET due_at = ?",
                      Instant.now().plusSeconds(-90).toEpochMilli());
              source.fails = true;
              MeterRegistry unreachable = bound(context);
              assertThat(gauge(unreachable, "open")).isNaN();
              source.fails = false;
              MeterRegistry overdue = bound(context);
              assertThat(overdue.get("oss.post.ledger.overdue").gauge().value())
                  .isBetween(60.0, 120.0);
            });
  }

  @Test
  void uploadsAndEndsAreCounted() {
    application()
        .run(
            context -> {
              MeterRegistry registry = bound(context);
              for (Confirmation confirmation : Confirmation.values()) {
                context.publishEvent(
                    UploadedObject.builder("examplebucket", new ObjectKey("a.png"))
                        .confirmation(confirmation)
                        .source(ReportSource.SWEEP)
                        .build());
              }
              for (GrantState state :
                  List.of(GrantState.ABSENT, GrantState.LATE, GrantState.LOST)) {
                context.publishEvent(
                    new GrantEnd(
                        GrantTerms.builder(UUID.randomUUID(), "examplebucket", Instant.now())
                            .build(),
                        state));
              }
              assertThat(
                      registry
                          .get("oss.post.uploads")
                          .tags("source", "sweep", "confirmation", "superseded")
                          .counter()
                          .count())
                  .isEqualTo(1);
              assertThat(registry.get("oss.post.uploads").counters()).hasSize(3);
              for (String state : List.of("absent", "late", "lost")) {
                assertThat(
                        registry.get("oss.post.ledger.ends").tag("state", state).counter().count())
                    .isEqualTo(1);
              }
            });
  }

  private ApplicationContextRunner application() {
    return Starter.bare(new ApplicationContextRunner())
        .withConfiguration(AutoConfigurations.of(OssPostStoreAutoConfiguration.class))
        .withBean("dataSource", DataSource.class, () -> source)
        .withPropertyValues(
            "management.endpoints.web.exposure.include=*",
            "oss.post.bucket=" + oss.bucket(),
            "oss.post.region=" + oss.region(),
            "oss.post.endpoint=" + oss.endpoint(),
            "oss.post.credentials.type=static",
            "oss.post.credentials.access-key-id=" + oss.accessKeyId(),
            "oss.post.credentials.access-key-secret=" + oss.accessKeySecret(),
            "oss.post.ledger.interval=1s",
            "oss.post.store.type=jdbc",
            "oss.post.store.create-schema=true");
  }

  private static PostGrant grant(ApplicationContext context) {
    return context
        .getBean(UploadEndpoints.class)
        .grants()
        .post(
            "default",
            PostFormat.FORM,
            Caller.named("alice"),
            PlannedUpload.of("a.png").size(7).type("image/png"));
  }

  private static HealthReport report(ApplicationContext context) {
    return HealthReport.of(
        context.getBean(SigningCredentials.class), context.getBeanProvider(UploadEndpoints.class));
  }

  /** Returns the text of the indicator's answer, whose type is another one in each Boot. */
  private static String health(ApplicationContext context) throws ReflectiveOperationException {
    Object indicator = context.getBean("ossPostHealthIndicator");
    return indicator.getClass().getInterfaces()[0].getMethod("health").invoke(indicator).toString();
  }

  private static Map<?, ?> untyped(Object map) {
    return (Map<?, ?>) map;
  }

  private static Map<Object, Object> ledger(HealthReport report) {
    return Map.copyOf(untyped(report.details().get("ledger")));
  }

  private static Map<Object, Object> first(Map<String, Object> grants) {
    return Map.copyOf(untyped(((List<?>) grants.get("grants")).get(0)));
  }

  private static MeterRegistry bound(ApplicationContext context) {
    MeterRegistry registry = new SimpleMeterRegistry();
    context.getBean(UploadMetrics.class).bindTo(registry);
    return registry;
  }

  private static double gauge(MeterRegistry registry, String state) {
    return registry.get("oss.post.ledger.grants").tag("state", state).gauge().value();
  }

  /** A user with one role. */
  private record User(String role) implements SecurityContext {
    @Override
    public Principal getPrincipal() {
      return () -> "someone";
    }

    @Override
    public boolean isUserInRole(String asked) {
      return asked.equals(role);
    }
  }

  /** A database that can be unreachable. */
  private static final class Switched extends DelegatingDataSource {
    private volatile boolean fails;

    Switched(DataSource target) {
      super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
      if (fails) {
        throw new SQLException("refused", "08001");
      }
      return super.getConnection();
    }
  }
}
