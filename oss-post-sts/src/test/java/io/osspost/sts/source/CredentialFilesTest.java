package io.osspost.sts.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.ProfileCredentialsProvider;
import com.aliyun.credentials.utils.AuthUtils;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.emulator.OssEmulator;
import io.osspost.sts.TestOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the {@code aliyun} command and of the vendor's SDKs. */
class CredentialFilesTest {
  private static final URI NO_METADATA = URI.create("http://127.0.0.1:9");
  private static final String ROLE = "acs:ram::1234567890123456:role/uploader";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"CloudSSO", "OAuth", "cloudsso"})
  void keysOfALoginInTheBrowserSignUntilTheyExpire(String mode) throws IOException {
    Instant end = Instant.now().plusSeconds(1800).truncatedTo(ChronoUnit.SECONDS);
    OssCredentials read = cli(mode, end.getEpochSecond()).fetch();
    assertThat(read.accessKeyId()).isEqualTo("STS.example");
    assertThat(read.securityToken()).contains("token");
    assertThat(read.expiration()).contains(end);

    long past = Instant.now().minusSeconds(60).getEpochSecond();
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(cli(mode, past)::fetch)
        .withMessageContainingAll(
            "expired at " + Instant.ofEpochSecond(past),
            "'aliyun sts GetCallerIdentity --profile me'",
            "'aliyun configure --profile me'")
        .withMessageNotContaining("secret");
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(cli(mode, 0)::fetch)
        .withMessageContaining("contains no keys yet");
  }

  @Test
  void sectionSignsAsTheVendorsSdkDoes() throws Exception {
    Path file =
        section(
            "[default]",
            "enable = true",
            "type = access_key",
            "access_key_id = id1",
            "access_key_secret = secret1 # not part of it",
            "[other]",
            "access_key_id = id2");
    OssCredentials ours = file(file, "default").fetch();
    AuthUtils.setEnvironmentCredentialsFile(file.toString());
    try {
      CredentialModel theirs = new ProfileCredentialsProvider().getCredentials();
      assertThat(ours.accessKeyId()).isEqualTo(theirs.getAccessKeyId()).isEqualTo("id1");
      assertThat(ours.accessKeySecret()).isEqualTo(theirs.getAccessKeySecret());
    } finally {
      AuthUtils.setEnvironmentCredentialsFile(null);
    }
  }

  @Test
  void roleOfASectionIsAssumed() throws IOException {
    try (OssEmulator oss = OssEmulator.builder().stsPort(0).metadataPort(0).roleArn(ROLE).start()) {
      Path file =
          section(
              "[default]",
              "type = ram_role_arn",
              "access_key_id = " + oss.accessKeyId(),
              "access_key_secret = " + oss.accessKeySecret(),
              "role_arn = " + ROLE,
              "role_session_name = file",
              "[machine]",
              "type = ecs_ram_role");
      Optional<String> sts = Optional.of(oss.stsEndpoint().toString());
      assertThat(new CredentialsFile(file, "default", sts, NO_METADATA).fetch().securityToken())
          .isPresent();
      assertThat(
              new CredentialsFile(file, "machine", sts, oss.metadataEndpoint())
                  .fetch()
                  .securityToken())
          .isPresent();
    }
  }

  @Test
  void sectionThatCannotSignIsNamed() throws IOException {
    Path file = section("[off]", "enable = false", "[pair]", "type = rsa_key_pair");
    assertFails(file(file, "off"), "Section [off]", "enable = false");
    assertFails(file(file, "pair"), "has type 'rsa_key_pair'", "ram_role_arn");
    assertFails(file(file, "default"), "no section [default]", "off", "pair");
    assertFails(file(folder.resolve("none"), "default"), "There is no file");
  }

  @Test
  void settingThatCannotBeUsedIsNamed() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("config.json"),
            "{\"current\":\"uri\",\"profiles\":["
                + "{\"name\":\"uri\",\"mode\":\"CredentialsURI\","
                + "\"credentials_uri\":\"http://10.0.0.5/credentials\"},"
                + "{\"name\":\"role\",\"mode\":\"RamRoleArn\",\"access_key_id\":\"id\","
                + "\"access_key_secret\":\"secret\",\"ram_role_arn\":\"uploader\"}]}");
    assertFails(cli(config, "uri"), "Profile 'uri'", "unencrypted");
    assertFails(cli(config, "role"), "Profile 'role'", "'uploader'");
    Path file =
        section("[default]", "type = ram_role_arn", "access_key_id = id", "role_arn = " + ROLE);
    assertFails(
        new CredentialsFile(file, "default", Optional.of("http://sts.internal"), NO_METADATA),
        "Section [default]",
        "sts.internal");
  }

  private static CliProfile cli(Path config, String profile) {
    return new CliProfile(config, Optional.of(profile), Optional.empty(), NO_METADATA);
  }

  @Test
  void chainReadsTheFileBeforeTheInstance() throws IOException {
    Path file = section("[mine]", "access_key_id = id1", "access_key_secret = secret1");
    CredentialsSource chain =
        new SourceSettings(
                new TestOptions(Map.of("metadata-endpoint", NO_METADATA.toString())),
                Map.of(
                    "ALIBABA_CLOUD_CREDENTIALS_FILE", file.toString(),
                    "ALIBABA_CLOUD_PROFILE", "mine",
                    "ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true"))
            .chain();
    assertThat(chain.fetch().accessKeyId()).isEqualTo("id1");
    assertThat(chain.rereadAfter()).isPresent();
  }

  private CliProfile cli(String mode, long expiration) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("config.json"),
            "{\"current\":\"me\",\"profiles\":[{\"name\":\"me\",\"mode\":\""
                + mode
                + "\",\"access_key_id\":\"STS.example\",\"access_key_secret\":\"secret\","
                + "\"sts_token\":\"token\",\"sts_expiration\":"
                + expiration
                + "}]}");
    return new CliProfile(file, Optional.empty(), Optional.empty(), NO_METADATA);
  }

  private Path section(String... lines) throws IOException {
    return Files.writeString(folder.resolve("credentials.ini"), String.join("\n", lines) + "\n");
  }

  private static CredentialsFile file(Path file, String section) {
    return new CredentialsFile(file, section, Optional.empty(), NO_METADATA);
  }

  private static void assertFails(CredentialsSource source, String... texts) {
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(source::fetch)
        .withMessageContainingAll(texts);
  }
}
