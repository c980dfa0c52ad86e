package io.osspost.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.PostFormat;
import io.osspost.PostGrant;
import io.osspost.emulator.OssEmulator;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.settings.Collaborators;
import io.osspost.settings.InvalidSettingException;
import io.osspost.settings.UploadSettings;
import io.osspost.testsupport.FormPost;
import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebRequest;
import io.osspost.web.WebResponse;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quotas of two nodes with one database, as settings open them, with real uploads. */
class QuotaNodesTest {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final byte[] PHOTO = "a photo".getBytes(UTF_8);

  private final JdbcDataSource source = new JdbcDataSource();
  private final Map<String, String> settings = new HashMap<>();
  private final AheadClock clock = new AheadClock();
  private final AtomicInteger heard = new AtomicInteger();
  private boolean down;
  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss = OssEmulator.builder().inMemory().start();
    source.setURL("jdbc:h2:mem:quotas" + DATABASES.incrementAndGet() + ";DB_CLOSE_DELAY=-1");
    settings.put("bucket", oss.bucket());
    settings.put("region", oss.region());
    settings.put("endpoint", oss.endpoint().toString());
    settings.put("credentials.type", "static");
    settings.put("credentials.access-key-id", oss.accessKeyId());
    settings.put("credentials.access-key-secret", oss.accessKeySecret());
    settings.put("callback.ticket-secret", "0123456789abcdef0123456789abcdef");
    settings.put("store.type", "jdbc");
    settings.put("store.data-source", "uploads");
    settings.put("store.create-schema", "true");
    settings.put("ledger.interval", "1s");
    settings.put("profiles.default.require-filename", "true");
    settings.put("profiles.default.grants", "post, multipart");
    settings.put("profiles.default.quota", "20B");
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void nodesTogetherGrantNoMoreThanTheQuota() throws Exception {
    try (UploadEndpoints one = open();
        UploadEndpoints two = open()) {
      PostGrant first = grant(one, planned());
      PostGrant second = grant(two, planned());
      assertQuotaExceeded(() -> grant(one, planned()));
      assertThat(grant(two, planned().retry(first.ticket().orElseThrow())).key())
          .isEqualTo(first.key());
      assertQuotaExceeded(() -> grant(one, planned()));
      assertThat(one.grants().post("default", PostFormat.FORM, Caller.named("bob"), planned()))
          .isNotNull();

      send(first);
      clock.ahead = Duration.ofMinutes(21);
      waitFor("SELECT stored FROM oss_post_quota WHERE caller = 'alice'", PHOTO.length);
      waitFor("SELECT reserved FROM oss_post_quota WHERE caller = 'alice'", 0);
      assertThat(heard).hasValue(1);

      send(second);
      waitFor("SELECT COUNT(*) FROM oss_post_grant WHERE state = 'ABSENT'", 2);
      clock.ahead = Duration.ofHours(25);
      waitFor("SELECT COUNT(*) FROM oss_post_grant WHERE state = 'LATE'", 1);
      waitFor("SELECT stored FROM oss_post_quota WHERE caller = 'alice'", 2L * PHOTO.length);

      assertQuotaExceeded(() -> grant(one, planned()));
      two.grants().deleted("default", first.key().orElseThrow());
      two.grants().deleted("default", first.key().orElseThrow());
      assertThat(grant(one, planned())).isNotNull();
      assertQuotaExceeded(() -> grant(two, planned()));
    }
  }

  @Test
  void refusalNamesTheQuotaAndTheFix() {
    try (UploadEndpoints node = open()) {
      WebResponse refused =
          node.handle(
                  new Posted(
                      "/get_post_signature_for_oss_upload",
                      Map.of("filename", "a.png", "size", "21", "type", "image/png")))
              .orElseThrow();
      assertThat(refused.status()).isEqualTo(409);
      assertThat(new String(refused.body(), UTF_8))
          .contains("\"code\":\"quota-exceeded\"", "21 bytes", "quota of 20 bytes", "Delete files");
    }
  }

  @Test
  void refusedUploadInPartsIsNotStarted() {
    try (UploadEndpoints node = open()) {
      Map<String, String> file = Map.of("filename", "a.png", "size", "15", "type", "image/png");
      Posted start = new Posted("/oss_multipart_upload/start", file);
      assertThat(node.handle(start).orElseThrow().status()).isEqualTo(200);
      assertThat(node.handle(start).orElseThrow().status()).isEqualTo(409);
      assertThat(number("SELECT COUNT(*) FROM oss_post_grant")).isEqualTo(1);
      clock.ahead = Duration.ofHours(25);
      waitFor("SELECT COUNT(*) FROM oss_post_grant WHERE state = 'ABSENT'", 1);
      assertThat(number("SELECT reserved FROM oss_post_quota")).isZero();
    }
  }

  @Test
  void abortedUploadInPartsSoonReleasesItsBytes() {
    try (UploadEndpoints node = open()) {
      Map<String, String> file = Map.of("filename", "a.png", "size", "15", "type", "image/png");
      WebResponse started =
          node.handle(new Posted("/oss_multipart_upload/start", file)).orElseThrow();
      String ticket =
          new String(started.body(), UTF_8).replaceAll("(?s).*\"ticket\":\"([^\"]+)\".*", "$1");
      WebResponse aborted =
          node.handle(new Posted("/oss_multipart_upload/abort", Map.of("ticket", ticket)))
              .orElseThrow();
      assertThat(aborted.status()).isEqualTo(204);
      waitFor("SELECT COUNT(*) FROM oss_post_grant WHERE state = 'ABSENT'", 1);
      assertThat(number("SELECT reserved FROM oss_post_quota")).isZero();
      assertThat(heard).hasValue(0);
    }
  }

  @Test
  void grantsAreRefusedWhileTheDatabaseDoesNotAnswer() {
    settings.put("ledger.required", "false");
    settings.put("profiles.free.dir", "free/{uuid}/");
    try (UploadEndpoints node = open()) {
      down = true;
      assertThatThrownBy(() -> grant(node, planned()))
          .isInstanceOf(StoreUnavailableException.class);
      WebResponse refused =
          node.handle(
                  new Posted(
                      "/get_post_signature_for_oss_upload",
                      Map.of("filename", "a.png", "size", "7", "type", "image/png")))
              .orElseThrow();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(new String(refused.body(), UTF_8)).contains("store-unavailable");
      assertThat(node.grants().post("free", PostFormat.FORM, Caller.named("alice"), planned()))
          .as("a profile without a quota")
          .isNotNull();
    } finally {
      down = false;
    }
  }

  @Test
  void quotaWithGrantsOfUnknownSizeDoesNotStart() {
    assertWrong("profiles.default.grants", "post, put", "put");
    assertWrong("profiles.default.grants", "put", "presigned URLs");
    assertWrong("profiles.default.formats", "form, v4", "formats");
    assertWrong("profiles.default.require-filename", "false", "require-filename");
    assertWrong("store.type", "", "store.type");
    assertWrong("profiles.default.quota", "0", "quota");
    assertWrong("mark", "false", "mark");
  }

  private void assertWrong(String setting, String value, String named) {
    Map<String, String> before = new HashMap<>(settings);
    settings.put(setting, value);
    assertThatThrownBy(this::open)
        .as("%s=%s", setting, value)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(named);
    settings.clear();
    settings.putAll(before);
  }

  private UploadEndpoints open() {
    return UploadSettings.read(settings)
        .open(
            Collaborators.builder()
                .objects(name -> Optional.of(database()))
                .clock(clock)
                .authorizer(request -> Caller.named("alice"))
                .uploadListener(uploaded -> heard.incrementAndGet())
                .build());
  }

  private static PlannedUpload planned() {
    return PlannedUpload.of("a.png").size(PHOTO.length).type("image/png");
  }

  private static PostGrant grant(UploadEndpoints node, PlannedUpload planned) {
    return node.grants().post("default", PostFormat.FORM, Caller.named("alice"), planned);
  }

  private static void assertQuotaExceeded(Runnable grant) {
    assertThatThrownBy(grant::run)
        .isInstanceOfSatisfying(
            UploadRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.QUOTA_EXCEEDED));
  }

  private static void send(PostGrant grant) throws Exception {
    assertThat(FormPost.send(grant.url(), grant.fields(), "a.png", "image/png", PHOTO).statusCode())
        .isEqualTo(200);
  }

  private void waitFor(String sql, long result) {
    try {
      for (int i = 0; i < 300 && number(sql) != result; i++) {
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(number(sql)).as(sql).isEqualTo(result);
  }

  private long number(String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : -1;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the database, which can be down. */
  private DataSource database() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (down) {
                throw new SQLException("The database is down.", "08001");
              }
              return method.invoke(source, arguments);
            });
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

  /** A posted form. */
  private record Posted(String path, Map<String, String> form) implements WebRequest {
    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String rawPath() {
      return path;
    }

    @Override
    public Optional<String> rawQuery() {
      return Optional.empty();
    }

    @Override
    public byte[] body() {
      return new byte[0];
    }

    @Override
    public Optional<String> header(String name) {
      return name.equalsIgnoreCase("Content-Type")
          ? Optional.of("application/x-www-form-urlencoded")
          : Optional.empty();
    }

    @Override
    public Map<String, List<String>> parameters() {
      Map<String, List<String>> parameters = new HashMap<>();
      form.forEach((name, value) -> parameters.put(name, List.of(value)));
      return parameters;
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
