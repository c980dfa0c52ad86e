package io.osspost.emulator.internal.sts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.OIDCRoleArnCredentialProvider;
import com.aliyun.credentials.provider.RamRoleArnCredentialProvider;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.sts20150401.Client;
import com.aliyun.sts20150401.models.AssumeRoleRequest;
import com.aliyun.sts20150401.models.AssumeRoleResponseBody;
import com.aliyun.sts20150401.models.AssumeRoleWithOIDCRequest;
import com.aliyun.sts20150401.models.AssumeRoleWithOIDCResponseBody;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.emulator.testing.ToEmulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vendor's clients get credentials from STS, and OSS accepts them. */
class VendorClientsTest {
  private static final String ROLE = "acs:ram::1234567890123456:role/uploader";
  private static final String PROVIDER = "acs:ram::1234567890123456:oidc-provider/cluster";
  private static final String JWT =
      "eyJhbGciOiJub25lIn0."
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(
                  "{\"iss\":\"https://issuer.example\",\"sub\":\"pod-1\",\"exp\":1,\"x\":{\"sub\":2}}"
                      .getBytes(UTF_8))
          + ".c2ln";

  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss = OssEmulator.builder().stsPort(0).roleArn(ROLE).oidcToken(PROVIDER, JWT).start();
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void credentialsJavaAssumesARoleWithSignatureVersion1() {
    RamRoleArnCredentialProvider provider =
        RamRoleArnCredentialProvider.builder()
            .accessKeyId(oss.accessKeyId())
            .accessKeySecret(oss.accessKeySecret())
            .roleArn(ROLE)
            .roleSessionName("alice")
            .durationSeconds(900)
            .externalId("order/17")
            .policy(allowPut("user-1/*"))
            .build();
    Instant before = Instant.now();

    CredentialModel keys = provider.createCredential(new ToEmulator(oss.stsEndpoint())).value();

    assertThat(Instant.ofEpochMilli(keys.getExpiration()))
        .isBetween(before.plusSeconds(899), Instant.now().plusSeconds(900));
    assertUploads(keys.getAccessKeyId(), keys.getAccessKeySecret(), keys.getSecurityToken());
  }

  @Test
  void credentialsJavaAssumesARoleWithAnOidcToken(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), JWT);
    OIDCRoleArnCredentialProvider provider =
        OIDCRoleArnCredentialProvider.builder()
            .roleArn(ROLE)
            .oidcProviderArn(PROVIDER)
            .oidcTokenFilePath(file.toString())
            .roleSessionName("pod")
            .build();

    CredentialModel keys = provider.createCredential(new ToEmulator(oss.stsEndpoint())).value();

    assertUploads(keys.getAccessKeyId(), keys.getAccessKeySecret(), keys.getSecurityToken());
  }

  @Test
  void stsClientAssumesARoleWithSignatureVersion3() throws Exception {
    assertAssumesRole(client(config()));
  }

  @Test
  void stsClientAssumesARoleWithSignatureVersion1InAForm() throws Exception {
    assertAssumesRole(client(config().setSignatureAlgorithm("v2")));
  }

  @Test
  void stsClientAssumesARoleWithAnOidcToken() throws Exception {
    AssumeRoleWithOIDCResponseBody body =
        client(config())
            .assumeRoleWithOIDC(
                new AssumeRoleWithOIDCRequest()
                    .setRoleArn(ROLE)
                    .setOIDCProviderArn(PROVIDER)
                    .setOIDCToken(JWT)
                    .setRoleSessionName("pod"))
            .getBody();

    assertThat(body.getOIDCTokenInfo().getIssuer()).isEqualTo("https://issuer.example");
    assertThat(body.getOIDCTokenInfo().getSubject()).isEqualTo("pod-1");
    assertUploads(
        body.getCredentials().getAccessKeyId(),
        body.getCredentials().getAccessKeySecret(),
        body.getCredentials().getSecurityToken());
  }

  @Test
  void assumedRoleCanAssumeARoleInTurn() throws Exception {
    AssumeRoleResponseBody first = client(config()).assumeRole(request()).getBody();
    Config chained =
        config()
            .setAccessKeyId(first.getCredentials().getAccessKeyId())
            .setAccessKeySecret(first.getCredentials().getAccessKeySecret())
            .setSecurityToken(first.getCredentials().getSecurityToken());

    assertAssumesRole(client(chained));
    assertAssumesRole(client(chained.setSignatureAlgorithm("v2")));
  }

  @Test
  void tokenForUploadsCannotAssumeARole() throws Exception {
    AssumeRoleResponseBody first =
        client(config()).assumeRole(request().setPolicy(allowPut("user-1/*"))).getBody();
    Client chained =
        client(
            config()
                .setAccessKeyId(first.getCredentials().getAccessKeyId())
                .setAccessKeySecret(first.getCredentials().getAccessKeySecret())
                .setSecurityToken(first.getCredentials().getSecurityToken()));

    assertThatThrownBy(() -> chained.assumeRole(request()))
        .isInstanceOfSatisfying(
            TeaException.class, e -> assertThat(e.getCode()).isEqualTo("NoPermission"));
  }

  @Test
  void stsClientReportsAWrongSecret() throws Exception {
    for (String algorithm : new String[] {null, "v2"}) {
      Client client =
          client(config().setAccessKeySecret("guessed").setSignatureAlgorithm(algorithm));
      assertThatThrownBy(() -> client.assumeRole(request()))
          .isInstanceOfSatisfying(
              TeaException.class, e -> assertThat(e.getCode()).isEqualTo("SignatureDoesNotMatch"));
    }
  }

  @Test
  void stsClientReportsThrottling() throws Exception {
    Client client = client(config());
    oss.limitSts(0);
    assertThatThrownBy(() -> client.assumeRole(request()))
        .isInstanceOfSatisfying(
            TeaException.class, e -> assertThat(e.getCode()).startsWith("Throttling"));
    oss.limitSts(100);
    assertAssumesRole(client);
  }

  private void assertAssumesRole(Client client) throws Exception {
    AssumeRoleResponseBody body = client.assumeRole(request().setDurationSeconds(900L)).getBody();
    assertThat(body.getAssumedRoleUser().getArn()).isEqualTo(ROLE + "/alice");
    assertThat(body.getAssumedRoleUser().getAssumedRoleId()).matches("\\d+:alice");
    Instant expiration = Instant.parse(body.getCredentials().getExpiration());
    assertThat(Duration.between(Instant.now(), expiration).toSeconds()).isBetween(890L, 900L);
    assertUploads(
        body.getCredentials().getAccessKeyId(),
        body.getCredentials().getAccessKeySecret(),
        body.getCredentials().getSecurityToken());
  }

  private void assertUploads(String id, String secret, String token) {
    assertThat(id).startsWith("STS.");
    assertThat(token).contains("+", "/", "=");
    OSS client =
        new OSSClientBuilder()
            .build(oss.endpoint().toString(), new DefaultCredentialProvider(id, secret, token));
    try {
      client.putObject(
          oss.bucket(), "user-1/a.txt", new ByteArrayInputStream("hello".getBytes(UTF_8)));
    } finally {
      client.shutdown();
    }
    assertThat(oss.object("user-1/a.txt").map(StoredObject::size)).contains(5L);
  }

  private static AssumeRoleRequest request() {
    return new AssumeRoleRequest().setRoleArn(ROLE).setRoleSessionName("alice");
  }

  private Config config() {
    return new Config()
        .setAccessKeyId(oss.accessKeyId())
        .setAccessKeySecret(oss.accessKeySecret())
        .setEndpoint(oss.stsEndpoint().getAuthority())
        .setProtocol("http");
  }

  private static Client client(Config config) throws Exception {
    return new Client(config);
  }

  private static String allowPut(String keys) {
    return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"oss:PutObject\"],"
        + "\"Resource\":[\"acs:oss:*:*:examplebucket/"
        + keys
        + "\"]}]}";
  }
}
