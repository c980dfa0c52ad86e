package io.osspost.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.settings.InvalidSettingException;
import io.osspost.settings.UploadSettings;
import io.osspost.web.UploadEndpoints;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings name the sources of this module. */
class SettingsTest {
  private OssEmulator oss;
  private Map<String, String> settings;

  @BeforeEach
  void start() {
    oss = OssEmulator.builder().stsPort(0).metadataPort(0).start();
    settings =
        new HashMap<>(
            Map.of(
                "bucket", oss.bucket(),
                "region", oss.region(),
                "endpoint", oss.endpoint().toString(),
                "credentials.access-key-id", oss.accessKeyId(),
                "credentials.access-key-secret", oss.accessKeySecret(),
                "credentials.sts-endpoint", oss.stsEndpoint().toString()));
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  /** Selects a type that uses neither the keys nor STS. */
  private void type(String type) {
    settings.put("credentials.type", type);
    settings.remove("credentials.access-key-id");
    settings.remove("credentials.access-key-secret");
    settings.remove("credentials.sts-endpoint");
  }

  private OssCredentialsProvider credentials() {
    return UploadSettings.read(settings).credentials();
  }

  @Test
  void typeStsAssumesTheRoleWithTheKeysOfItsSource() {
    settings.put("credentials.type", "sts");
    settings.put("credentials.source", "static");
    settings.put("credentials.role-arn", oss.roleArn());
    settings.put("credentials.session-name", "web");
    settings.put("credentials.duration", "15m");
    settings.put("credentials.external-id", "order/17");
    try (OssCredentialsProvider signing = credentials()) {
      assertThat(TestUploads.statusOfUpload(oss, signing)).isEqualTo(200);
    }
  }

  @Test
  void typeEcsIsTheRoleOfTheInstance() {
    type("ecs");
    settings.put("credentials.metadata-endpoint", oss.metadataEndpoint().toString());
    settings.put("credentials.metadata-v1", "false");
    settings.put("credentials.role-name", "EmulatorRole");
    try (OssCredentialsProvider signing = credentials()) {
      assertThat(TestUploads.statusOfUpload(oss, signing)).isEqualTo(200);
    }
  }

  @Test
  void typeUriUsesItsAddress() {
    type("uri");
    settings.put(
        "credentials.uri",
        oss.metadataEndpoint() + "/latest/meta-data/ram/security-credentials/EmulatorRole");
    try (OssCredentialsProvider signing = credentials()) {
      assertThat(TestUploads.statusOfUpload(oss, signing)).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "uri, uri, http://user:hunter2@127.0.0.1/c",
    "uri, uri, http://10.0.0.1/c?token=hunter2",
    "uri, uri, http://127.0.0.1/c d?token=hunter2",
    "uri, uri, 'http://user:hunter2@[::1/c'",
    "ecs, metadata-endpoint, http://user:hunter2@127.0.0.1",
    "ecs, metadata-endpoint, http://127.0.0.1?token=hunter2",
    "sts, sts-endpoint, https://user:hunter2@sts.aliyuncs.com",
    "sts, sts-endpoint, user:hunter2@sts.aliyuncs.com",
    "sts, sts-endpoint, 'user:hunter2 @sts.aliyuncs.com'"
  })
  void urlWithSecretsIsRefusedWithoutPrintingThem(String type, String setting, String url) {
    settings.put("credentials.type", type);
    settings.put("credentials.source", "static");
    settings.put("credentials.role-arn", oss.roleArn());
    settings.put("credentials." + setting, url);
    UploadSettings read = UploadSettings.read(settings);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(read::credentials)
        .satisfies(
            e -> {
              StringWriter trace = new StringWriter();
              e.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString()).doesNotContain("hunter2");
            });
  }

  @Test
  void typeChainFindsTheInstance() {
    type("chain");
    settings.put("credentials.metadata-endpoint", oss.metadataEndpoint().toString());
    try (OssCredentialsProvider signing = credentials()) {
      assertThat(TestUploads.statusOfUpload(oss, signing)).isEqualTo(200);
    }
  }

  @Test
  void typesOidcAndCliProfileOpenWithoutAskingAnybody() {
    type("oidc");
    settings.put("credentials.role-arn", oss.roleArn());
    settings.put("credentials.oidc-provider-arn", "acs:ram::1:oidc-provider/cluster");
    settings.put("credentials.oidc-token-file", Path.of("nowhere").toString());
    credentials().close();
    settings.keySet().removeIf(name -> name.startsWith("credentials."));
    settings.put("credentials.type", "cli-profile");
    settings.put("credentials.profile", "work");
    credentials().close();
  }

  @Test
  void tokenRoleVendsTheTokensOfProfiles() {
    settings.put("credentials.type", "static");
    settings.put("token.role-arn", oss.roleArn());
    settings.put("profiles.default.grants", "token");
    UploadEndpoints endpoints = UploadSettings.read(settings).open();
    assertThat(endpoints.paths()).contains("/get_sts_token_for_oss_upload");
  }

  @Test
  void theSigningRoleAloneVendsNoTokens() {
    settings.put("credentials.type", "sts");
    settings.put("credentials.source", "static");
    settings.put("credentials.role-arn", oss.roleArn());
    settings.put("profiles.default.grants", "token");
    UploadSettings read = UploadSettings.read(settings);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(read::open)
        .withMessageContaining("token.role-arn");
  }

  @Test
  void directoryTooLongForAPolicyStopsTheStart() {
    settings.put("credentials.type", "static");
    settings.put("token.role-arn", oss.roleArn());
    settings.put("profiles.default.grants", "token");
    settings.put("profiles.default.dir", "{principal}/".repeat(12));
    UploadSettings read = UploadSettings.read(settings);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(read::open)
        .withMessageContaining("STS accepts 2048")
        .withMessageContaining("Shorten dir");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "credentials.role-arn | uploader | is not the ARN of a role",
        "credentials.duration | 5m | Write a duration from 15m to 12h",
        "credentials.duration | soon | Write it like 10m",
        "credentials.session-name | a b | cannot name a session",
        "credentials.external-id | x | external id",
        "credentials.source | magic | is unknown. Write env or static, sts, ecs, oidc, uri, cli-profile, chain",
        "credentials.sts-endpoint | http://sts.example.com | unencrypted",
        "token.role-arn | uploader | is not the ARN of a role",
      })
  void aBadSettingStopsTheStart(String name, String value, String text) {
    settings.put("credentials.type", "sts");
    settings.put("credentials.source", "static");
    settings.put("credentials.role-arn", oss.roleArn());
    settings.put(name, value);
    UploadSettings read = UploadSettings.read(settings);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(read::open)
        .withMessageContaining(text);
  }

  @Test
  void roleIsNotItsOwnSource() {
    type("sts");
    settings.put("credentials.source", "sts");
    settings.put("credentials.role-arn", oss.roleArn());
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(this::credentials)
        .withMessageContaining("credentials.source")
        .withMessageContaining("its own source");
  }

  @Test
  void missingRoleIsExplained() {
    settings.put("credentials.type", "sts");
    settings.put("credentials.source", "static");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(this::credentials)
        .withMessageContaining("credentials.role-arn")
        .withMessageContaining("OSS_STS_ROLE_ARN");
  }
}
