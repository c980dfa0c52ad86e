package io.osspost.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.profile.Caller;
import io.osspost.profile.KeyNaming;
import io.osspost.profile.UploadProfile;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadSettingsTest {
  private static final String PUBLIC_KEY =
      "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKs/JBGzwUB2aVht4crBx3oIPBLNsjGs"
          + "C0fTXv+nvlmklvkcolvpvXLTjaxUHR3W9LXxQ2EHXAJfCB+6H2YF1k8CAwEAAQ==";

  private static final OssCredentialsProvider LONG_TERM =
      OssCredentialsProvider.of(OssCredentials.of("id", "secret"));

  /** What types of another module read; its tests set them. */
  private static final Set<String> ONLY_WITH_STS =
      Set.of(
          "credentials.role-arn",
          "credentials.session-name",
          "credentials.duration",
          "credentials.external-id",
          "credentials.sts-endpoint",
          "credentials.source",
          "credentials.role-name",
          "credentials.metadata-v1",
          "credentials.metadata-endpoint",
          "credentials.oidc-provider-arn",
          "credentials.oidc-token-file",
          "credentials.uri",
          "credentials.profile",
          "token.role-arn");

  private final Map<String, String> settings =
      new HashMap<>(Map.of("bucket", "examplebucket", "region", "cn-hangzhou"));

  @Test
  void bucketAndRegionAreEnough() {
    UploadSettings read = UploadSettings.read(settings);
    assertThat(read.opening().credentials(LONG_TERM).open().paths())
        .containsExactly(
            "/get_post_signature_for_oss_upload",
            "/get_presigned_url_for_oss_upload",
            "/get_sts_token_for_oss_upload");
  }

  @Test
  void everySettingThereIsCanBeSet() {
    settings.putAll(
        Map.of(
            "endpoint", "http://127.0.0.1:9000",
            "credentials.type", "static",
            "credentials.access-key-id", "id",
            "credentials.access-key-secret", "secret",
            "credentials.security-token", "token",
            "allow-anonymous", "TRUE",
            "path-prefix", "/api",
            "cors.allowed-origins", "https://a.example, https://b.example:8443"));
    settings.putAll(
        Map.of(
            "profiles.avatars.dir", "avatars/{uuid}",
            "profiles.avatars.min-size", "1KB",
            "profiles.avatars.max-size", "5 MB",
            "profiles.avatars.content-types", "image/png, image/jpeg",
            "profiles.avatars.validity", "90s",
            "profiles.avatars.grants", "post, put",
            "profiles.avatars.formats", "form",
            "profiles.avatars.require-filename", "true",
            "profiles.avatars.forbid-overwrite", "false"));
    settings.putAll(
        Map.of(
            "signature-version", "v4",
            "profiles.avatars.success-status", "201",
            "profiles.avatars.success-redirect", "https://a.example/done?x=1",
            "profiles.avatars.acl", "private",
            "profiles.avatars.storage-class", "IA",
            "profiles.avatars.disposition", "attachment",
            "profiles.avatars.metadata.source", "mobile",
            "profiles.avatars.roles", "editor, admin",
            "profiles.avatars.region", "us-west-1",
            "profiles.avatars.bucket", "avatarbucket"));
    settings.put("profiles.avatars.endpoint", "accelerate");
    settings.putAll(
        Map.of(
            "callback.url", "https://app.example/cb, https://app2.example/cb",
            "callback.public-path", "/cb",
            "callback.body-type", "application/x-www-form-urlencoded",
            "callback.ticket-secret", "0123456789abcdef0123456789abcdef",
            "callback.fetch-key", "false",
            "callback.public-key", PUBLIC_KEY,
            "pin", "all"));
    settings.put("authorizer", OnlyAlice.class.getName());
    settings.put("rate-limit", OncePerMinute.class.getName());
    settings.put("listener", Listens.class.getName());
    settings.put("naming", "as-named");
    settings.put("profiles.avatars.naming", "date-uuid");
    settings.put("profiles.avatars.whole-bucket", "false");
    settings.put("profiles.avatars.multipart", "false");
    assertThat(settings.keySet())
        .containsExactlyInAnyOrderElementsOf(
            UploadSettings.names().stream()
                .filter(name -> !ONLY_WITH_STS.contains(name))
                .map(name -> name.replace("<name>", "avatars").replace("<key>", "source"))
                .toList());
    assertThat(UploadSettings.read(settings).open().paths())
        .containsExactly(
            "/api/get_post_signature_for_oss_upload",
            "/api/get_presigned_url_for_oss_upload",
            "/api/get_sts_token_for_oss_upload",
            "/api/oss_upload_callback");
    assertThat(UploadSettings.read(settings).credentials().resolve().securityToken())
        .contains("token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "region | <none> | It is not set. Write the region of the bucket, such as cn-hangzhou.",
        "bucket | <none> | It is not set. Write the name of the bucket",
        "bucket | '' | It is empty. Write the name of the bucket",
        "bucket | My_Bucket | is not a bucket name",
        "region | oss-cn-hangzhou | Write 'cn-hangzhou'",
        "endpoint | files.example.com | 'https://files.example.com'",
        "endpoint | ht tp | Illegal character",
        "allow-anonymous | yes | Write true or false",
        "credentials.type | sts2 | Write env or static",
        "credentials.type | sts | Add the dependency io.osspost:oss-post-sts",
        "token.role-arn | acs:ram::1234567890123456:role/uploader | Tokens come from STS. Add",
        "path-prefix | api/ | '/api'",
        "cors.allowed-origins | * | 'https://www.example.com'",
        "profiles.default.dir | ../ | climbs with '..'",
        "profiles.default.dir | '' | opens the whole bucket",
        "profiles.default.dir | a/{user}/ | Use {principal}, {date} or {uuid}",
        "profiles.default.min-size | 11MB | above the largest",
        "profiles.default.max-size | 10 potatoes | Write it like 10MB",
        "profiles.default.max-size | 6GB | 5 GiB",
        "profiles.default.content-types | images | Write it like 'image/png'",
        "profiles.default.validity | soon | Write it like 10m",
        "profiles.default.validity | 8d | 7 days",
        "profiles.default.formats | v5 | Write form, v4, v1, legacy",
        "callback.url | '' | Write where OSS reaches this application",
        "callback.url | ftp://x.example/cb | http",
        "signature-version | v3 | Write v4 or v1",
        "profiles.default.grants | get | Write post, put or token",
        "signature-version | v2 | Write v4 or v1",
        "profiles.default.naming | random | Write uuid, date-uuid or as-named",
        "profiles.default.naming | com.example.Missing | There is no class 'com.example.Missing'",
        "naming | random | Write uuid, date-uuid or as-named",
        "authorizer | nobody | Write the full name of a class that is a CallerAuthorizer",
        "rate-limit | com.example.Missing | There is no class 'com.example.Missing'",
        "credentials.type | java.lang.Object | supplies no credentials",
        "profiles.default.naming | java.lang.String | Have it implement that",
        "pin | some | Write all or documented",
        "profiles.default.whole-bucket | maybe | Write true or false",
        "profiles.default.multipart | true | Add token to its grants",
        "profiles.default.grants | token | Set a token vendor",
        "profiles.default.require-filename | maybe | Write true or false",
        "profiles.default.success-status | 302 | OSS answers 200, 201 or 204",
        "profiles.default.success-status | two | Write digits only",
        "profiles.default.success-redirect | https://evil.example/ | cors.allowed-origins",
        "profiles.default.acl | open | public-read-write",
        "profiles.default.storage-class | Cold | ColdArchive",
        "profiles.default.metadata.a_b | x | letters, digits and hyphens",
        "profiles.default.region | oss-cn-hangzhou | Write 'cn-hangzhou'",
        "profiles.default.endpoint | files.example.com | 'https://files.example.com'",
        "profiles.Ünicode.dir | a/ | lower-case letters",
        "buckett | examplebucket | Did you mean 'bucket'?",
        "profiles.default.maxsize | 5MB | Did you mean 'profiles.default.max-size'?",
        "allow-anonymus | true | Did you mean 'allow-anonymous'?",
        "something.else.entirely.different | 1 | There are bucket, region"
      })
  void aBadSettingStopsTheStartWithItsNameAndTheFix(String name, String value, String message) {
    if (value.equals("<none>")) {
      settings.remove(name);
    } else {
      settings.put(name, value);
    }
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () -> {
              UploadSettings read = UploadSettings.read(settings);
              read.opening().credentials(LONG_TERM).open();
              read.credentials();
            })
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).startsWith("Setting '" + e.setting() + "': "))
        .satisfies(e -> assertThat(name).startsWith(e.setting()));
  }

  @Test
  void whatTheSignatureVersionCannotSignStopsTheStart() {
    settings.put("signature-version", "v1");
    settings.put("profiles.default.grants", "put");
    assertThat(UploadSettings.read(settings).opening().credentials(LONG_TERM).open().paths())
        .hasSize(3);
    settings.put("profiles.default.disposition", "attachment");
    UploadSettings read = UploadSettings.read(settings);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> read.opening().credentials(LONG_TERM).open())
        .withMessageContaining("Setting 'profiles': A V1 signature does not cover");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "callback.body-type | text/plain | Write application/json or",
        "callback.ticket-secret | short | openssl rand -base64 32",
        "callback.public-path | cb | '/app/oss_upload_callback'",
        "callback.fetch-key | perhaps | Write true or false",
        "callback.public-key | x | key"
      })
  void whatCallbacksAreBelievedByIsCheckedAtTheStart(String name, String value, String message) {
    settings.put("callback.url", "https://app.example/cb");
    settings.put(name, value);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> UploadSettings.read(settings))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.setting()).isEqualTo(name));
  }

  @Test
  void aFormatThatCannotCarryWhatTheProfileSetsStopsTheStart() {
    settings.put("profiles.default.acl", "private");
    settings.put("profiles.default.formats", "form,v4");
    UploadSettings read = UploadSettings.read(settings);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> read.opening().credentials(LONG_TERM).open())
        .withMessageContaining("profiles.default")
        .withMessageContaining("x-oss-object-acl");
  }

  @Test
  void anonymousCallersCannotHaveADirectoryOfTheirName() {
    settings.put("allow-anonymous", "true");
    settings.put("profiles.own.dir", "u/{principal}/");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> UploadSettings.read(settings))
        .withMessageContaining("profiles.own.dir")
        .withMessageContaining("allow-anonymous");
  }

  @Test
  void staticCredentialsAreNamedByWhatIsMissing() {
    settings.put("credentials.type", "static");
    settings.put("credentials.access-key-id", "id");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> UploadSettings.read(settings).credentials())
        .withMessageContaining("credentials.access-key-secret");
  }

  @Test
  void anOwnNamingIsNamedByItsClass() {
    settings.put("profiles.default.naming", TodayNaming.class.getName());
    assertThat(UploadSettings.read(settings).opening().credentials(LONG_TERM).open().paths())
        .isNotEmpty();
    settings.put("profiles.default.naming", FailingNaming.class.getName());
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> openedWithAKey())
        .withMessageContaining("could not be made: java.lang.IllegalStateException: no database");
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
    settings.put("listener", Listens.class.getName());
    UploadEndpoints endpoints = openedWithAKey();
    assertThat(bodyOf(endpoints, "format=form&filename=a.png")).contains("=40alice=40", ".png");
    assertThat(bodyOf(endpoints, "format=form&filename=a.png")).contains("too-many-requests");
  }

  @Test
  void whatTheApplicationHoldsIsFoundByItsName() {
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
    UploadEndpoints endpoints =
        UploadSettings.read(settings)
            .opening()
            .objects(name -> Optional.ofNullable(held.get(name)))
            .open();
    assertThat(bodyOf(endpoints, "format=form&filename=a.png")).contains("named-by-us.png");
    endpoints.close();
    assertThat(asked).as("the application closes what it holds").containsExactly("resolve");
    settings.put("authorizer", "vault");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () ->
                UploadSettings.read(settings)
                    .opening()
                    .objects(name -> Optional.ofNullable(held.get(name)))
                    .open())
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
    assertThat(read.callers(name -> Optional.ofNullable(held.get(name)))).isSameAs(gate);
    assertThat(read.credentials(name -> Optional.ofNullable(held.get(name))))
        .isSameAs(held.get("vault"));
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(read::callers)
        .withMessageContaining("Nothing is named 'gate'");
  }

  @Test
  void closingTheEndpointsClosesWhatTheSettingsOpened() {
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
  void everyProfileIsCustomizedTheOneNobodyWroteToo() {
    settings.put("allow-anonymous", "true");
    List<String> customized = new ArrayList<>();
    UploadEndpoints endpoints =
        UploadSettings.read(settings)
            .opening()
            .credentials(LONG_TERM)
            .customize(
                (name, profile) -> {
                  customized.add(name);
                  profile.maxSize(7);
                })
            .open();
    assertThat(customized).containsExactly("default");
    assertThat(endpoints.grants().profiles())
        .extracting(UploadProfile::name, UploadProfile::maxSize)
        .containsExactly(tuple("default", 7L));
  }

  @Test
  void theApplicationsClockDatesGrants() {
    settings.put("allow-anonymous", "true");
    UploadEndpoints endpoints =
        UploadSettings.read(settings)
            .opening()
            .credentials(LONG_TERM)
            .clock(Clock.fixed(Instant.parse("2024-11-27T12:00:00Z"), ZoneOffset.UTC))
            .open();
    assertThat(bodyOf(endpoints, "format=form")).contains("2024-11-27T12:10:00");
  }

  private UploadEndpoints openedWithAKey() {
    return UploadSettings.read(settings).opening().credentials(LONG_TERM).open();
  }

  private static String bodyOf(UploadEndpoints endpoints, String query) {
    WebRequest request =
        new SimpleRequest("GET", "/get_post_signature_for_oss_upload", Optional.of(query));
    return new String(endpoints.handle(request).orElseThrow().body(), StandardCharsets.UTF_8);
  }

  /** A request of nobody in particular. */
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
    public List<String> parameters(String name) {
      return List.of();
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

  /** Writes down what becomes of it. */
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

  @Test
  void theWholeBucketIsOpenedByThatSettingAlone() {
    settings.put("profiles.default.whole-bucket", "true");
    settings.put("profiles.default.dir", "");
    assertThat(UploadSettings.read(settings)).isNotNull();
    settings.put("profiles.default.dir", "uploads/");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> UploadSettings.read(settings))
        .withMessageContaining("profiles.default.whole-bucket")
        .withMessageContaining("Take one of them out");
  }

  @Test
  void whatCannotBePinnedWithDocumentedFieldsStopsTheStart() {
    settings.put("pin", "documented");
    settings.put("profiles.default.acl", "private");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> UploadSettings.read(settings))
        .withMessageContaining("Setting 'pin'")
        .withMessageContaining("x-oss-object-acl");
  }

  @Test
  void anonymousCallersWithATokenShareADirectoryOnlyWhenItIsNamed() {
    settings.put("allow-anonymous", "true");
    settings.put("profiles.parts.grants", "token");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> UploadSettings.read(settings))
        .withMessageContaining("profiles.parts.dir");
    settings.put("profiles.parts.whole-bucket", "true");
    assertThat(UploadSettings.read(settings)).isNotNull();
    settings.remove("profiles.parts.whole-bucket");
    settings.put("profiles.parts.dir", "shared/");
    assertThat(
            UploadSettings.read(settings)
                .opening()
                .credentials(LONG_TERM)
                .tokens(scope -> OssCredentials.of("never", "asked"))
                .open()
                .paths())
        .isNotEmpty();
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
