package io.osspost.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osspost.UploadOffer;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.profile.Caller;
import io.osspost.profile.FileName;
import io.osspost.profile.KeyNaming;
import io.osspost.web.UploadEndpoints;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UploadSettingsTest {
  private static final String PUBLIC_KEY =
      "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKs/JBGzwUB2aVht4crBx3oIPBLNsjGs"
          + "C0fTXv+nvlmklvkcolvpvXLTjaxUHR3W9LXxQ2EHXAJfCB+6H2YF1k8CAwEAAQ==";

  private static final OssCredentialsProvider LONG_TERM =
      OssCredentialsProvider.of(OssCredentials.of("id", "secret"));
  private static final Collaborators LONG_TERM_ONLY =
      Collaborators.builder().credentials(LONG_TERM).build();

  /** Settings that types of another module read; that module's tests set them. */
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
    assertThat(read.open(LONG_TERM_ONLY).paths())
        .containsExactly(
            "/get_post_signature_for_oss_upload",
            "/get_presigned_url_for_oss_upload",
            "/get_sts_token_for_oss_upload",
            "/get_upload_limits",
            "/oss_upload_confirm");
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
            "callback.public-key", PUBLIC_KEY,
            "pin", "all"));
    settings.put("authorizer", OpeningTest.OnlyAlice.class.getName());
    settings.put("rate-limit", OpeningTest.OncePerMinute.class.getName());
    settings.put("upload-listener", OpeningTest.Listens.class.getName());
    settings.put("naming", "as-named");
    settings.put("zone", "Asia/Shanghai");
    settings.put("principal-names", "java.lang.Object");
    settings.put("principal-secret", "0123456789abcdef0123456789abcdef");
    settings.put("caller", "header:X-User");
    settings.put("caller-roles", "header:X-Roles");
    settings.put("caller-secret", "0123456789abcdef0123456789abcdef");
    settings.put("profiles.avatars.naming", "date-uuid");
    settings.put("profiles.avatars.whole-bucket", "false");
    settings.put("profiles.avatars.sign-length", "true");
    settings.put("profiles.avatars.token-multipart", "false");
    settings.put("multipart.life", "2d");
    settings.put("multipart.url-validity", "20m");
    settings.put("multipart.part-size", "16MB");
    settings.put("multipart.sign-length", "true");
    settings.put("store.type", ""); // The store is in another module.
    settings.put("store.data-source", "uploads");
    settings.put("store.create-schema", "true");
    settings.put("ledger.grace", "20m");
    settings.put("ledger.interval", "30s");
    settings.put("ledger.required", "true");
    settings.put("profiles.avatars.quota", ""); // It needs a store.
    settings.put("profiles.avatars.total-quota", "");
    settings.put("profiles.avatars.open-uploads", "");
    settings.put("rates.grants", ""); // The application has its own limit.
    settings.put("rates.steps", "");
    settings.put("rates.storage", "memory");
    settings.put("rates.client", "uploadsRedis");
    settings.put("rates.required", "true");
    settings.put("tenants.source", ""); // OpeningTest names one.
    settings.put("tenants.endpoints", "https://oss.example.com, http://127.0.0.1:9000");
    settings.put("tenants.cached-profiles", "50");
    settings.put("profiles.avatars.callback", "true");
    settings.put("profiles.avatars.cache-control", "public, max-age=31536000");
    settings.put("profiles.avatars.content-encoding", "gzip");
    settings.put("profiles.avatars.expires", "Fri, 01 Jan 2027 00:00:00 GMT");
    settings.put("profiles.avatars.server-side-encryption", "AES256");
    settings.put("profiles.avatars.tagging", "state=new&shelf=holidays");
    settings.put("profiles.avatars.optional-headers", "true");
    settings.put("profiles.avatars.image-info", "true");
    settings.put("profiles.avatars.vars", "order, note");
    settings.put("profiles.avatars.public-url", "https://img.example.com");
    settings.put("callback.host", "app.example");
    settings.put("mark", "true");
    settings.put("server-endpoint", "internal");
    settings.put("callback.confirm", "auto");
    settings.put("callback.optional", "false");
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
            "/api/get_upload_limits",
            "/api/oss_upload_callback",
            "/api/oss_upload_confirm");
    assertThat(UploadSettings.read(settings).credentials().resolve().securityToken())
        .contains("token");
  }

  @Test
  void zoneAppliesToDirectoriesAndNames() {
    settings.put("zone", "Asia/Shanghai");
    settings.put("principal-names", "java.lang.Object");
    settings.put("principal-secret", "0123456789abcdef0123456789abcdef");
    ProfileSettings read = read("default");
    assertThat(read.profile().zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
    Instant evening = Instant.parse("2024-11-27T23:59:59Z");
    KeyNaming naming =
        ProfileSettings.naming(
            "date-uuid", new NamedObjects(name -> Optional.empty()), read.profile().zone());
    assertThat(naming.name(Caller.anonymous(), new FileName("a", ".png"), evening))
        .startsWith("20241128/");
    settings.remove("zone");
    assertThat(read("default").profile().zone()).isEqualTo(ZoneOffset.UTC);
  }

  private ProfileSettings read(String profile) {
    SettingReader reader = new SettingReader(settings);
    return ProfileSettings.read(reader, profile, CommonSettings.read(reader));
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
        "allow-anonymous | yes | is not true or false",
        "credentials.type | sts2 | Write env or static",
        "credentials.type | sts | Add the dependency io.osspost:oss-post-sts",
        "token.role-arn | acs:ram::1234567890123456:role/uploader | Tokens come from STS. Add",
        "path-prefix | api/ | '/api'",
        "cors.allowed-origins | * | 'https://www.example.com'",
        "profiles.default.dir | ../ | leaves the directory with '..'",
        "profiles.default.dir | a/{user}/ | Use {principal}, {date} or {uuid}",
        "profiles.default.min-size | 11MB | larger than the maximum",
        "profiles.default.max-size | 10 potatoes | Write it like 10MB",
        "profiles.default.max-size | 6GB | Add multipart to its grants",
        "profiles.default.min-size | 6GB | larger than the maximum",
        "profiles.default.content-types | images | Write it like 'image/png'",
        "profiles.default.validity | soon | Write it like 10m",
        "profiles.default.validity | 3600 | Write it like '3600s' or '10m'",
        "profiles.default.content-types | jpg | Write 'image/jpeg'",
        "profiles.default.content-types | .png | Write 'image/png'",
        "profiles.default.content-types | image/png; image/jpeg | a comma between two types",
        "credentials.access-key-id | LTAIid | Set credentials.type to static",
        "credentials.role-arn | acs:ram::1:role/a | Set credentials.type to sts",
        "credentials.role-name | uploader | Set credentials.type to ecs",
        "profiles.default.validity | 8d | 7 days",
        "profiles.default.formats | v5 | Write form, v4, v1, legacy",
        "callback.url | ftp://x.example/cb | http",
        "signature-version | v3 | Write v4 or v1",
        "profiles.default.grants | get | Write post, multipart, put or token",
        "signature-version | v2 | Write v4 or v1",
        "zone | Beijing | Write it like 'Asia/Shanghai'",
        "profiles.default.naming | random | Write uuid, date-uuid or as-named",
        "profiles.default.naming | com.example.Missing | There is no class 'com.example.Missing'",
        "naming | random | Write uuid, date-uuid or as-named",
        "authorizer | unknown | Write the full name of a class that is a CallerAuthorizer",
        "rate-limit | com.example.Missing | There is no class 'com.example.Missing'",
        "credentials.type | java.lang.Object | supplies no credentials",
        "profiles.default.naming | java.lang.String | Implement it",
        "pin | some | Write all or documented",
        "profiles.default.whole-bucket | maybe | is not true or false",
        "profiles.default.token-multipart | true | Add token to its grants",
        "profiles.default.sign-length | true | Add put to its grants",
        "profiles.default.sign-length | yes | true or false",
        "profiles.default.grants | token | there is no token vendor",
        "profiles.default.require-filename | maybe | is not true or false",
        "profiles.default.success-status | 302 | must be 200, 201 or 204",
        "profiles.default.success-status | two | Write digits only",
        "profiles.default.success-redirect | https://evil.example/ | cors.allowed-origins",
        "profiles.default.acl | open | public-read-write",
        "profiles.default.storage-class | Cold | ColdArchive",
        "profiles.default.metadata.a_b | x | letters, digits and hyphens",
        "profiles.default.disposition | attachment; filename=合.pdf | %E5%90%88.pdf",
        "profiles.default.disposition | filename={filename} | attachment; filename={filename}",
        "profiles.default.cache-control | 合同 | ASCII characters only",
        "profiles.default.content-encoding | g zip | Write one like 'gzip'",
        "profiles.default.expires | tomorrow | Fri, 01 Jan 2027 00:00:00 GMT",
        "profiles.default.expires | Fri, 1 Jan 2027 00:00:00 GMT | date of an HTTP header",
        "profiles.default.expires | Fri, 01 Jan 2027 00:00:00 +0800 | date of an HTTP header",
        "profiles.default.expires | fri, 01 jan 2027 00:00 GMT | date of an HTTP header",
        "profiles.default.server-side-encryption | DES | AES256",
        "profiles.default.tagging | a=合 | letters, digits, spaces",
        "profiles.default.tagging | a=1&a=2 | two tags 'a'",
        "profiles.default.tagging | a=1 | Remove post from its grants, remove the setting",
        "profiles.default.optional-headers | maybe | true or false",
        "profiles.default.image-info | maybe | true or false",
        "profiles.default.vars | a b | is not the name of a variable",
        "profiles.default.vars | a, a | named twice",
        "profiles.default.public-url | img.example.com | https://img.example.com",
        "profiles.default.public-url | https://a.example/?x=1 | scheme, host and path only",
        "callback.host | a/b | like 'example.com'",
        "profiles.default.region | oss-cn-hangzhou | Write 'cn-hangzhou'",
        "profiles.default.endpoint | files.example.com | 'https://files.example.com'",
        "profiles.Ünicode.dir | a/ | lower-case letters",
        "buckett | examplebucket | Did you mean 'bucket'?",
        "profiles.default.maxsize | 5MB | Did you mean 'profiles.default.max-size'?",
        "max-size | 5MB | Did you mean 'profiles.<name>.max-size'?",
        "contenttypes | image/png | Did you mean 'profiles.<name>.content-types'?",
        "access-key-id | LTAIid | Did you mean 'credentials.access-key-id'?",
        "allow-anonymus | true | Did you mean 'allow-anonymous'?",
        "something.else.entirely.different | 1 | Correct its name, or remove it."
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
              read.open(LONG_TERM_ONLY);
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
    assertThat(UploadSettings.read(settings).open(LONG_TERM_ONLY).paths()).isNotEmpty();
    settings.put("profiles.default.disposition", "attachment");
    UploadSettings read = UploadSettings.read(settings);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> read.open(LONG_TERM_ONLY))
        .withMessageContaining("Setting 'profiles': A V1 signature does not cover");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "callback.body-type | text/plain | Write application/json or",
        "callback.ticket-secret | short | openssl rand -base64 32",
        "callback.public-path | cb | '/app/oss_upload_callback'",
        "callback.public-key | x | key"
      })
  void whatCallbacksAreBelievedByIsCheckedAtTheStart(String name, String value, String message) {
    settings.put(name, value);
    for (String url : List.of("", "https://app.example/cb")) {
      settings.put("callback.url", url);
      assertThatExceptionOfType(InvalidSettingException.class)
          .isThrownBy(() -> UploadSettings.read(settings))
          .withMessageContaining(message)
          .satisfies(e -> assertThat(e.setting()).isEqualTo(name));
    }
  }

  @Test
  void emptyCallbackUrlOverridesASourceOfLowerPrecedence() {
    settings.put("callback.url", "");
    UploadEndpoints endpoints = UploadSettings.read(settings).open(LONG_TERM_ONLY);
    assertThat(endpoints.callbackPath()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.osspost.settings.UploadSettings#names")
  void emptyValueCountsAsNotSet(String setting) {
    settings.putAll(
        Map.of(
            "credentials.type", "static",
            "credentials.access-key-id", "LTAIid",
            "credentials.access-key-secret", "secret",
            "profiles.avatars.max-size", "5MB"));
    String name = setting.replace("<name>", "avatars").replace("<key>", "source");
    if (settings.containsKey(name)) {
      settings.remove(name);
      String withoutIt = outcome();
      settings.put(name, " ");
      assertThat(outcome().replace("It is empty.", "It is not set.")).isEqualTo(withoutIt);
    } else {
      String withoutIt = outcome();
      settings.put(name, "");
      assertThat(outcome()).isEqualTo(withoutIt).contains("avatars");
    }
  }

  /** Returns the profiles and their limits, or the reason why the endpoints do not open. */
  private String outcome() {
    try (UploadEndpoints endpoints = UploadSettings.read(settings).open()) {
      return endpoints.paths().toString()
          + endpoints.grants().offers().stream()
              .map(UploadOffer::profile)
              .map(
                  profile ->
                      profile.name()
                          + profile.maxSize()
                          + profile.minSize()
                          + profile.validity()
                          + profile.contentTypes()
                          + profile.roles())
              .toList();
    } catch (InvalidSettingException e) {
      return e.getMessage();
    }
  }

  @Test
  void profileWithEmptySettingsOnlyDoesNotExist() {
    settings.put("profiles.avatars.max-size", "");
    assertThat(UploadSettings.read(settings).open(LONG_TERM_ONLY).grants().offers())
        .extracting(offer -> offer.profile().name())
        .containsExactly("default");
  }

  @Test
  void rejectsFormatThatCannotCarryTheSettings() {
    settings.put("profiles.default.acl", "private");
    settings.put("profiles.default.formats", "form,v4");
    UploadSettings read = UploadSettings.read(settings);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> read.open(LONG_TERM_ONLY))
        .withMessageContaining("profiles.default")
        .withMessageContaining("sets acl, but forms of format v4 cannot carry it");
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
  void missingStaticCredentialsAreNamed() {
    settings.put("credentials.type", "static");
    settings.put("credentials.access-key-id", "id");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> UploadSettings.read(settings).credentials())
        .withMessageContaining("credentials.access-key-secret");
  }

  @Test
  void wholeBucketNeedsItsSetting() {
    settings.put("profiles.default.whole-bucket", "true");
    settings.put("profiles.default.dir", "");
    assertThat(UploadSettings.read(settings)).isNotNull();
    settings.put("profiles.default.dir", "uploads/");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> UploadSettings.read(settings))
        .withMessageContaining("profiles.default.whole-bucket")
        .withMessageContaining("Remove one of them");
  }

  @Test
  void whatCannotBePinnedWithDocumentedFieldsStopsTheStart() {
    settings.put("pin", "documented");
    settings.put("profiles.default.acl", "private");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> UploadSettings.read(settings).open(LONG_TERM_ONLY))
        .withMessageContaining("Setting 'profiles.default'")
        .withMessageContaining("sets acl")
        .withMessageContaining("Set pin to all");
  }

  @Test
  void anonymousTokensNeedANamedDirectory() {
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
                .open(
                    Collaborators.builder()
                        .credentials(LONG_TERM)
                        .tokens(scope -> OssCredentials.of("never", "asked"))
                        .build())
                .paths())
        .isNotEmpty();
  }
}
