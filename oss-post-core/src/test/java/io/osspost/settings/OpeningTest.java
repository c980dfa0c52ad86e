package io.osspost.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.osspost.ProfileSource;
import io.osspost.TenantProfile;
import io.osspost.UploadOffer;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import io.osspost.profile.FileName;
import io.osspost.profile.KeyNaming;
import io.osspost.profile.RequestView;
import io.osspost.profile.UploadProfile;
import io.osspost.spi.CredentialsOptions;
import io.osspost.spi.CredentialsType;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.RateLimit;
import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The objects that endpoints are opened with: from settings and from the application, and which of
 * them are closed.
 */
class OpeningTest {
  private static final OssCredentialsProvider LONG_TERM =
      OssCredentialsProvider.of(OssCredentials.of("LTAIid", "secret"));

  private static final Collaborators LONG_TERM_ONLY =
      Collaborators.builder().credentials(LONG_TERM).build();

  private static final Pattern TICKET = Pattern.compile("\"ticket\":\"([^\"]+)\"");

  private final Map<String, String> settings =
      new HashMap<>(Map.of("bucket", "examplebucket", "region", "cn-hangzhou"));

  @Test
  void anOwnNamingIsNamedByItsClass() {
    settings.put("profiles.default.naming", TodayNaming.class.getName());
    assertThat(UploadSettings.read(settings).open(LONG_TERM_ONLY).paths()).isNotEmpty();
    settings.put("profiles.default.naming", FailingNaming.class.getName());
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> openedWithAKey())
        .withMessageContaining(
            "could not be instantiated: java.lang.IllegalStateException: no database");
    settings.put("profiles.default.naming", HiddenNaming.class.getName());
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> openedWithAKey())
        .withMessageContaining("public constructor without parameters");
  }

  @Test
  void collaboratorsAreNamedByTheirClass() {
    settings.put("authorizer", OnlyAlice.class.getName());
    settings.put("rate-limit", OncePerMinute.class.getName());
    settings.put("naming", TodayNaming.class.getName());
    settings.put("callback.url", "https://app.example/oss_upload_callback");
    settings.put("upload-listener", Listens.class.getName());
    UploadEndpoints endpoints = openedWithAKey();
    assertThat(bodyOf(endpoints, "format=form&filename=a.png")).contains("=40alice=40", ".png");
    assertThat(bodyOf(endpoints, "format=form&filename=a.png")).contains("too-many-requests");
  }

  @Test
  void sourceOfProfilesIsNamedByItsClass() {
    settings.put("allow-anonymous", "true");
    settings.put("tenants.source", OneTenant.class.getName());
    UploadEndpoints endpoints = openedWithAKey();
    assertThat(bodyOf(endpoints, "profile=images")).contains("acme-files.oss-cn-beijing");
    assertThat(bodyOf(endpoints, "format=form")).contains("examplebucket.oss-cn-hangzhou");
    settings.put("tenants.source", OnlyAlice.class.getName());
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> openedWithAKey())
        .withMessageContaining("tenants.source");
  }

  @Test
  void applicationsObjectIsFoundByName() {
    settings.put("authorizer", "gate");
    settings.put("naming", "namer");
    settings.put("credentials.type", "vault");
    List<String> asked = new ArrayList<>();
    Map<String, Object> held =
        Map.of(
            "gate",
            CallerAuthorizer.anonymousAllowed(),
            "namer",
            (KeyNaming) (caller, file, now) -> "named-by-us" + file.extension(),
            "vault",
            new ClosingProvider(asked));
    UploadEndpoints endpoints = UploadSettings.read(settings).open(holding(held));
    assertThat(bodyOf(endpoints, "format=form&filename=a.png")).contains("named-by-us.png");
    endpoints.close();
    assertThat(asked).as("the application closes what it holds").containsOnly("resolve");
    settings.put("authorizer", "vault");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> UploadSettings.read(settings).open(holding(held)))
        .withMessageContaining("'vault' is a " + ClosingProvider.class.getName());
  }

  @Test
  void partsAreToBeHadBeforeTheEndpointsAreOpened() {
    settings.put("authorizer", "gate");
    settings.put("credentials.type", "vault");
    CallerAuthorizer gate = CallerAuthorizer.anonymousAllowed();
    Map<String, Object> held =
        Map.of("gate", gate, "vault", new ClosingProvider(new ArrayList<>()));
    UploadSettings read = UploadSettings.read(settings);
    assertThat(read.bucket().name()).isEqualTo(settings.get("bucket"));
    assertThat(read.authorizer(name -> Optional.ofNullable(held.get(name)), Optional.empty()))
        .isSameAs(gate);
    OssCredentialsProvider credentials =
        read.credentials(name -> Optional.ofNullable(held.get(name)));
    assertThat(credentials.resolve().accessKeyId()).isEqualTo("id");
    ClosingProvider.CLOSED.set(0);
    credentials.close();
    assertThat(ClosingProvider.CLOSED).as("the application closes it").hasValue(0);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> read.authorizer(name -> Optional.empty(), Optional.empty()))
        .withMessageContaining("There is no object named 'gate'");
  }

  @Test
  void settingTakesPrecedenceOverACollaborator() {
    settings.put("naming", TodayNaming.class.getName());
    List<String> asked = new ArrayList<>();
    Collaborators brought =
        Collaborators.builder()
            .credentials(LONG_TERM)
            .authorizer(CallerAuthorizer.anonymousAllowed())
            .lookup(
                KeyNaming.class,
                () -> {
                  asked.add("naming");
                  return Optional.of((caller, file, now) -> "brought" + file.extension());
                })
            .build();
    UploadEndpoints named = UploadSettings.read(settings).open(brought);
    assertThat(bodyOf(named, "format=form&filename=a.png")).doesNotContain("brought");
    assertThat(asked).as("no look-up of a named object").isEmpty();
    settings.remove("naming");
    UploadEndpoints unnamed = UploadSettings.read(settings).open(brought);
    assertThat(bodyOf(unnamed, "format=form&filename=a.png")).contains("brought.png");
  }

  @Test
  void closingTheEndpointsClosesTheSettingsObjects() {
    settings.put("credentials.type", ClosingProvider.class.getName());
    ClosingProvider.CLOSED.set(0);
    UploadSettings.read(settings).open().close();
    assertThat(ClosingProvider.CLOSED).hasValue(1);
    settings.put("authorizer", "com.example.Missing");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> UploadSettings.read(settings).open());
    assertThat(ClosingProvider.CLOSED).as("nothing stays open when the start fails").hasValue(2);
  }

  @Test
  void whatSettingsNameByItsClassIsClosedToo() {
    settings.put("rate-limit", Closing.class.getName());
    settings.put("upload-listener", Closing.class.getName());
    settings.put("naming", Closing.class.getName());
    Closing.CLOSED.set(0);
    openedWithAKey().close();
    assertThat(Closing.CLOSED).hasValue(3);
  }

  @Test
  void sourceOfAnotherTypeIsNotClosed() {
    settings.put("credentials.type", "assumed");
    settings.put("credentials.source", "vault");
    List<String> asked = new ArrayList<>();
    Map<String, Object> held =
        Map.of("assumed", new ClosesItsSource(), "vault", new ClosingProvider(asked));
    UploadSettings.read(settings).open(holding(held)).close();
    assertThat(asked).doesNotContain("close");
  }

  @Test
  void anEmptyNameNamesNothing() {
    settings.put("authorizer", "");
    settings.put("rate-limit", "");
    settings.put("upload-listener", "");
    settings.put("naming", "");
    settings.put("profiles.default.naming", "");
    settings.put("allow-anonymous", "true");
    assertThat(bodyOf(openedWithAKey(), "format=form&filename=a.png")).contains(".png");
  }

  @Test
  void missingListenerStopsTheStartWithoutCallbacksToo() {
    settings.put("upload-listener", "com.example.Missing");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(this::openedWithAKey)
        .withMessageContaining(
            "Setting 'upload-listener': There is no class 'com.example.Missing'");
  }

  @Test
  void nodesWithOneSecretRepeatEachOthersGrants() {
    settings.put("allow-anonymous", "true");
    settings.put("callback.ticket-secret", "0123456789abcdef0123456789abcdef");
    String query = "format=form&filename=a.png&size=5";
    Matcher granted = TICKET.matcher(bodyOf(openedWithAKey(), query));
    assertThat(granted.find()).isTrue();
    String again = query + "&retry=" + granted.group(1);
    assertThat(bodyOf(openedWithAKey(), again)).contains("\"fields\"");
    settings.remove("callback.ticket-secret");
    assertThat(bodyOf(openedWithAKey(), again)).contains("The ticket is invalid or too old");
  }

  @Test
  void everyProfileIsCustomizedIncludingTheDefault() {
    settings.put("allow-anonymous", "true");
    List<String> customized = new ArrayList<>();
    UploadEndpoints endpoints =
        UploadSettings.read(settings)
            .open(
                Collaborators.builder()
                    .credentials(LONG_TERM)
                    .customizer(
                        (name, profile) -> {
                          customized.add(name);
                          profile.maxSize(7);
                        })
                    .build());
    assertThat(customized).containsExactly("default");
    assertThat(endpoints.grants().offers())
        .extracting(UploadOffer::profile)
        .extracting(UploadProfile::name, UploadProfile::maxSize)
        .containsExactly(tuple("default", 7L));
  }

  @Test
  void theApplicationsClockDatesGrants() {
    settings.put("allow-anonymous", "true");
    UploadEndpoints endpoints =
        UploadSettings.read(settings)
            .open(
                Collaborators.builder()
                    .credentials(LONG_TERM)
                    .clock(Clock.fixed(Instant.parse("2024-11-27T12:00:00Z"), ZoneOffset.UTC))
                    .build());
    assertThat(bodyOf(endpoints, "format=form")).contains("2024-11-27T12:10:00");
  }

  private static Collaborators holding(Map<String, Object> held) {
    return Collaborators.builder().objects(name -> Optional.ofNullable(held.get(name))).build();
  }

  private UploadEndpoints openedWithAKey() {
    return UploadSettings.read(settings).open(LONG_TERM_ONLY);
  }

  private static String bodyOf(UploadEndpoints endpoints, String query) {
    WebRequest request =
        new SimpleRequest("GET", "/get_post_signature_for_oss_upload", Optional.of(query));
    return new String(endpoints.handle(request).orElseThrow().body(), StandardCharsets.UTF_8);
  }

  /** A request of an anonymous caller. */
  private record SimpleRequest(String method, String path, Optional<String> rawQuery)
      implements WebRequest {
    @Override
    public String rawPath() {
      return path;
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public byte[] body() {
      return new byte[0];
    }

    @Override
    public Map<String, List<String>> parameters() {
      return Map.of();
    }

    @Override
    public Optional<String> principal() {
      return Optional.empty();
    }

    @Override
    public boolean isInRole(String role) {
      return false;
    }
  }

  public static final class OnlyAlice implements CallerAuthorizer {
    @Override
    public Caller authorize(WebRequest request) {
      return Caller.named("@alice@");
    }
  }

  public static final class OneTenant implements ProfileSource {
    @Override
    public Optional<TenantProfile> find(String name, Caller caller, RequestView request) {
      if (!name.equals("images")) {
        return Optional.empty();
      }
      UploadProfile images =
          UploadProfile.builder(name).bucket(OssBucket.of("acme-files", "cn-beijing")).build();
      return Optional.of(
          TenantProfile.builder(new ProfileId("acme", name), 1, images)
              .credentials(LONG_TERM)
              .build());
    }
  }

  public static final class OncePerMinute implements RateLimit {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public Duration waitFor(Caller caller) {
      return asked.getAndIncrement() == 0 ? Duration.ZERO : Duration.ofMinutes(1);
    }
  }

  public static final class Listens implements UploadListener {
    @Override
    public void uploaded(UploadedObject object) {}
  }

  /** Several collaborators in one object, which has a resource. */
  public static final class Closing implements RateLimit, UploadListener, KeyNaming, AutoCloseable {
    static final AtomicInteger CLOSED = new AtomicInteger();

    @Override
    public Duration waitFor(Caller caller) {
      return Duration.ZERO;
    }

    @Override
    public void uploaded(UploadedObject object) {}

    @Override
    public String name(Caller caller, FileName file, Instant now) {
      return "never";
    }

    @Override
    public void close() {
      CLOSED.incrementAndGet();
    }
  }

  /** Credentials that are made from others, like those of a role. */
  private static final class ClosesItsSource implements CredentialsType {
    @Override
    public String name() {
      return "assumed";
    }

    @Override
    public OssCredentialsProvider open(CredentialsOptions settings) {
      OssCredentialsProvider source = settings.open(settings.required("source", "Write one."));
      return new OssCredentialsProvider() {
        @Override
        public OssCredentials resolve() {
          return source.resolve();
        }

        @Override
        public void close() {
          source.close();
        }
      };
    }
  }

  /** Records that it was closed. */
  public static final class ClosingProvider implements OssCredentialsProvider {
    static final AtomicInteger CLOSED = new AtomicInteger();
    private final List<String> asked;

    public ClosingProvider() {
      this(new ArrayList<>());
    }

    ClosingProvider(List<String> asked) {
      this.asked = asked;
    }

    @Override
    public OssCredentials resolve() {
      asked.add("resolve");
      return OssCredentials.of("id", "secret");
    }

    @Override
    public void close() {
      asked.add("close");
      CLOSED.incrementAndGet();
    }
  }

  public static final class TodayNaming implements KeyNaming {
    @Override
    public String name(Caller caller, FileName file, Instant now) {
      return now + file.extension();
    }
  }

  public static final class FailingNaming implements KeyNaming {
    public FailingNaming() {
      throw new IllegalStateException("no database");
    }

    @Override
    public String name(Caller caller, FileName file, Instant now) {
      return "never";
    }
  }

  static final class HiddenNaming implements KeyNaming {
    HiddenNaming() {}

    @Override
    public String name(Caller caller, FileName file, Instant now) {
      return "never";
    }
  }
}
