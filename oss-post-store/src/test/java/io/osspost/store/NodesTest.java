package io.osspost.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.PostFormat;
import io.osspost.PostGrant;
import io.osspost.callback.UploadedObject;
import io.osspost.emulator.OssEmulator;
import io.osspost.ledger.GrantEnd;
import io.osspost.ledger.GrantState;
import io.osspost.ledger.LedgerReader;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.settings.Collaborators;
import io.osspost.settings.InvalidSettingException;
import io.osspost.settings.UploadSettings;
import io.osspost.testsupport.FormPost;
import io.osspost.testsupport.LoggedLines;
import io.osspost.web.UploadEndpoints;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes with one database, as settings open them. */
class NodesTest {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final byte[] PHOTO = "a photo".getBytes(UTF_8);

  private final JdbcDataSource source = new JdbcDataSource();
  private final AheadClock clock = new AheadClock();
  private final List<GrantEnd> ends = new CopyOnWriteArrayList<>();
  private PlainTransaction transaction;
  private OssEmulator oss;

  @BeforeEach
  void start() throws SQLException {
    oss = OssEmulator.builder().inMemory().start();
    source.setURL("jdbc:h2:mem:nodes" + DATABASES.incrementAndGet() + ";DB_CLOSE_DELAY=-1");
    transaction = new PlainTransaction(source);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE photos (object_key VARCHAR(200))");
    }
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void everyUploadHasOneEffectAlthoughNothingWasHeardOfIt() throws Exception {
    Set<String> stored = new TreeSet<>();
    Set<String> abandoned = new TreeSet<>();
    try (UploadEndpoints one = open();
        UploadEndpoints two = open()) {
      for (int i = 0; i < 24; i++) {
        PostGrant grant = grant(i % 2 == 0 ? one : two);
        String key = grant.key().orElseThrow().value();
        if (i % 4 == 3) {
          abandoned.add(key);
        } else {
          send(grant);
          stored.add(key);
        }
      }
      LedgerReader reader = one.ledger().orElseThrow().reader().orElseThrow();
      assertThat(reader.summary().waiting(GrantState.OPEN)).isEqualTo(24);
      assertThat(texts("SELECT object_key FROM photos")).isEmpty();
      clock.ahead = Duration.ofMinutes(21);
      waitFor("SELECT COUNT(*) FROM oss_post_grant WHERE state = 'OPEN'", "0");
    }
    assertThat(texts("SELECT object_key FROM photos")).containsExactlyInAnyOrderElementsOf(stored);
    assertThat(texts("SELECT object_key FROM oss_post_grant WHERE state = 'ABSENT'"))
        .containsExactlyInAnyOrderElementsOf(abandoned);
    assertThat(texts("SELECT state FROM oss_post_event")).hasSize(18).containsOnly("DONE");
    assertThat(ends).extracting(GrantEnd::state).containsOnly(GrantState.ABSENT);
    assertThat(ends)
        .extracting(end -> end.terms().key().orElseThrow().value())
        .containsExactlyInAnyOrderElementsOf(abandoned);
  }

  @Test
  void otherNodeReportsTheUploadOfANodeThatStopped() throws Exception {
    try (UploadEndpoints one = open()) {
      send(grant(one));
    }
    clock.ahead = Duration.ofMinutes(21);
    try (UploadEndpoints two = open()) {
      assertThat(two.paths()).isNotEmpty();
      waitFor("SELECT COUNT(*) FROM photos", "1");
      waitFor("SELECT state FROM oss_post_grant", "REPORTED");
    }
  }

  @Test
  void dataSourceIsFoundByItsNameInJndi() throws Exception {
    String before = System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Jndi.class.getName());
    Jndi.SOURCES.put("java:comp/env/jdbc/uploads", source);
    try {
      settings("store.data-source", "java:comp/env/jdbc/uploads").open().close();
      assertThat(texts("SELECT version FROM oss_post_schema")).containsExactly("1");
      assertThatThrownBy(() -> settings("store.data-source", "java:comp/env/jdbc/other").open())
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("store.data-source")
          .hasMessageContaining("JNDI has no object 'java:comp/env/jdbc/other'");
    } finally {
      if (before == null) {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
      } else {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, before);
      }
    }
  }

  @Test
  void missingDataSourceIsTold() {
    assertThatThrownBy(() -> settings().open())
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("store.data-source")
        .hasMessageContaining("no single DataSource");
    Collaborators wrong = Collaborators.builder().objects(name -> Optional.of("text")).build();
    assertThatThrownBy(() -> settings("store.data-source", "uploads").open(wrong))
        .hasMessageContaining("'uploads' is a java.lang.String, not a DataSource");
  }

  @Test
  void nodesWithoutACommonSecretAreWarnedOf() {
    Map<String, String> settings = texts();
    settings.remove("callback.ticket-secret");
    settings.put("store.data-source", "uploads");
    Collaborators one = Collaborators.builder().objects(name -> Optional.of(source)).build();
    assertThat(
            LoggedLines.warnings(
                UploadSettings.class.getName(),
                () -> UploadSettings.read(settings).open(one).close()))
        .anyMatch(line -> line.contains("callback.ticket-secret is not"));
  }

  private void insert(UploadedObject uploaded) {
    try {
      Database.update(
          transaction.connection(), "INSERT INTO photos VALUES (?)", uploaded.key().value());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private UploadEndpoints open() {
    return settings("store.data-source", "uploads", "ledger.interval", "1s")
        .open(
            Collaborators.builder()
                .objects(name -> Optional.of(source))
                .lookup(JoinedTransaction.class, () -> Optional.of(transaction))
                .clock(clock)
                .uploadListener(this::insert)
                .onEnd(ends::add)
                .build());
  }

  private UploadSettings settings(String... more) {
    Map<String, String> settings = texts();
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return UploadSettings.read(settings);
  }

  private Map<String, String> texts() {
    Map<String, String> settings = new HashMap<>();
    settings.put("bucket", oss.bucket());
    settings.put("region", oss.region());
    settings.put("endpoint", oss.endpoint().toString());
    settings.put("credentials.type", "static");
    settings.put("credentials.access-key-id", oss.accessKeyId());
    settings.put("credentials.access-key-secret", oss.accessKeySecret());
    settings.put("callback.ticket-secret", "0123456789abcdef0123456789abcdef");
    settings.put("store.type", "jdbc");
    settings.put("store.create-schema", "true");
    return settings;
  }

  private static PostGrant grant(UploadEndpoints node) {
    return node.grants()
        .post(
            "default",
            PostFormat.FORM,
            Caller.named("alice"),
            PlannedUpload.of("a.png").size(PHOTO.length).type("image/png"));
  }

  private static void send(PostGrant grant) throws Exception {
    assertThat(FormPost.send(grant.url(), grant.fields(), "a.png", "image/png", PHOTO).statusCode())
        .isEqualTo(200);
  }

  private void waitFor(String sql, String result) throws Exception {
    for (int i = 0; i < 300 && !texts(sql).equals(List.of(result)); i++) {
      Thread.sleep(100);
    }
    assertThat(texts(sql)).containsExactly(result);
  }

  private List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /** The time of both nodes, which is ahead of the emulator's. */
  private static final class AheadClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** The names of a container. */
  public static final class Jndi implements InitialContextFactory {
    private static final Map<String, Object> SOURCES = new HashMap<>();

    @Override
    @SuppressWarnings("BanJNDI")
    public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
      return new InitialContext(true) {
        @Override
        public Object lookup(String name) throws NamingException {
          Object found = SOURCES.get(name);
          if (found == null) {
            throw new NamingException(name);
          }
          return found;
        }
      };
    }
  }
}
