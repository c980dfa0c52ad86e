package io.osspost.sts.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.sts.TestUploads;
import io.osspost.sts.cache.CachedCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The credentials of every source sign a form that the emulator's OSS accepts. */
class SourcesTest {
  private static final String PROVIDER = "acs:ram::1234567890123456:oidc-provider/cluster";
  private static final String ROLE = "acs:ram::1234567890123456:role/uploader";
  private static final String JWT =
      "eyJhbGciOiJub25lIn0."
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(
                  "{\"iss\":\"https://issuer.example\",\"sub\":\"pod-1\"}".getBytes(UTF_8))
          + ".c2ln";

  @TempDir Path folder;
  private OssEmulator oss;

  private OssEmulator start(boolean hardened) {
    OssEmulator.Builder builder =
        OssEmulator.builder().stsPort(0).metadataPort(0).roleArn(ROLE).oidcToken(PROVIDER, JWT);
    oss = (hardened ? builder.hardenedMetadata() : builder).start();
    return oss;
  }

  @AfterEach
  void stop() {
    if (oss != null) {
      oss.close();
    }
  }

  private void assertSigns(CredentialsSource source) {
    try (OssCredentialsProvider keys = CachedCredentials.of(source)) {
      assertThat(TestUploads.statusOfUpload(oss, keys)).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, false, ", "true, true, uploader", "false, false, uploader", "false, true, "})
  void theRoleOfAnInstanceSigns(boolean hardened, boolean alsoV1, String roleName) {
    start(hardened);
    assertSigns(new InstanceRole(Optional.ofNullable(roleName), alsoV1, oss.metadataEndpoint()));
  }

  @Test
  void aRoleTheInstanceHasNotIsNamed() {
    start(true);
    CredentialsSource source =
        new InstanceRole(Optional.of("other"), false, oss.metadataEndpoint());
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(source::fetch)
        .withMessageContaining("The metadata service answered 404");
  }

  @Test
  void requestsWithoutTokenNeedASetting() throws IOException {
    start(false);
    HttpServer old =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    old.createContext(
        "/",
        exchange -> {
          try (exchange) {
            boolean token = exchange.getRequestURI().getPath().equals("/latest/api/token");
            byte[] body =
                token
                    ? new byte[0]
                    : oss.metadataEndpoint()
                        .resolve(exchange.getRequestURI().toString())
                        .toURL()
                        .openStream()
                        .readAllBytes();
            exchange.sendResponseHeaders(token ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
          }
        });
    old.start();
    try {
      URI endpoint = URI.create("http://127.0.0.1:" + old.getAddress().getPort());
      assertSigns(new InstanceRole(Optional.empty(), true, endpoint));
      CredentialsSource strict = new InstanceRole(Optional.empty(), false, endpoint);
      assertThatExceptionOfType(CredentialsUnavailableException.class)
          .isThrownBy(strict::fetch)
          .withMessageContaining("The metadata service");
    } finally {
      old.stop(0);
    }
  }

  @Test
  void theRoleOfAPodSigns() throws IOException {
    start(false);
    Path token = Files.writeString(folder.resolve("token"), JWT);
    assertSigns(new OidcRole(role(), PROVIDER, token, Optional.empty()));
  }

  @Test
  void missingPodTokenIsExplained() {
    start(false);
    CredentialsSource source =
        new OidcRole(role(), PROVIDER, folder.resolve("missing"), Optional.empty());
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(source::fetch)
        .withMessageContaining("missing cannot be read");
  }

  private RoleSession role() {
    return RoleSession.of(ROLE).at(oss.stsEndpoint().toString());
  }

  @Test
  void whatAnUriAnswersSigns() {
    start(false);
    assertSigns(
        new CredentialsUri(
            oss.metadataEndpoint().resolve("/latest/meta-data/ram/security-credentials/uploader")));
  }

  /** A proxy for the internet would see the instance's credentials. */
  @Test
  void proxyNeverSeesTheMetadataServiceOrThisMachine() throws IOException {
    start(false);
    try (ServerSocket proxy = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      proxy.setSoTimeout(300);
      System.setProperty("http.proxyHost", "127.0.0.1");
      System.setProperty("http.proxyPort", Integer.toString(proxy.getLocalPort()));
      System.setProperty("http.nonProxyHosts", "");
      try {
        assertThat(new InstanceRole(Optional.empty(), false, oss.metadataEndpoint()).fetch())
            .isNotNull();
        assertThat(
                new CredentialsUri(
                        oss.metadataEndpoint()
                            .resolve("/latest/meta-data/ram/security-credentials/uploader"))
                    .fetch())
            .isNotNull();
      } finally {
        System.clearProperty("http.proxyHost");
        System.clearProperty("http.proxyPort");
        System.clearProperty("http.nonProxyHosts");
      }
      assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(proxy::accept);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:hunter2@127.0.0.1:1/c?token=hunter2",
        "http://10.0.0.1/c?token=hunter2",
        "http://metadata.example/hunter2",
        "ftp://hunter2",
        "hunter2"
      })
  void unsafeUriIsRefusedWithoutPrintingIt(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CredentialsUri(URI.create(uri)))
        .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"));
  }

  @Test
  void uriThatDoesNotAnswerIsNamedByItsHostAlone() {
    CredentialsUri closed =
        new CredentialsUri(URI.create("http://127.0.0.1:1/hunter2?token=hunter2"));
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(closed::fetch)
        .withMessageContaining("http://127.0.0.1:1")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"));
  }

  /** A selector is called for each URL, so it sees each call that could use a proxy. */
  @Test
  void proxySelectorIsNotCalledForThisMachine() throws IOException {
    start(false);
    Files.writeString(folder.resolve("token"), JWT);
    List<URI> asked = new CopyOnWriteArrayList<>();
    ProxySelector usual = ProxySelector.getDefault();
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            asked.add(uri);
            return List.of(Proxy.NO_PROXY);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
    try {
      new InstanceRole(Optional.empty(), false, oss.metadataEndpoint()).fetch();
      new OidcRole(role(), PROVIDER, folder.resolve("token"), Optional.empty()).fetch();
      for (String profile : List.of("RamRoleArn", "EcsRamRole", "OIDC")) {
        profiles(profile).fetch();
      }
    } finally {
      ProxySelector.setDefault(usual);
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void unusableKeysAreNamedByTheirPlace() throws IOException {
    String id = "LTAI5tExampleKeyAbc12345";
    String secret = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0";
    Path file =
        Files.writeString(
            folder.resolve("swapped.json"),
            "{\"current\":\"p\",\"profiles\":[{\"name\":\"p\",\"mode\":\"AK\",\"access_key_id\":\""
                + (secret + "\",\"access_key_secret\":\"" + id + "\"}]}"));
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body =
                ("{\"Code\":\"Success\",\"AccessKeyId\":\""
                        + (secret + "\",\"AccessKeySecret\":\"" + id)
                        + "\",\"SecurityToken\":\"t\",\"Expiration\":\"2099-01-01T00:00:00Z\"}")
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    service.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + service.getAddress().getPort() + "/keys");
      Map<String, CredentialsSource> sources =
          Map.of(
              "ID with SECRET returned",
              new NamedKeys("map", Map.of("ID", secret, "SECRET", id), "ID", "SECRET", "TOKEN"),
              "swapped.json returned",
              new CliProfile(file, Optional.empty(), Optional.empty(), uri),
              "http://127.0.0.1:" + uri.getPort() + " returned",
              new CredentialsUri(uri));
      sources.forEach(
          (place, source) ->
              assertThatExceptionOfType(CredentialsUnavailableException.class)
                  .isThrownBy(new SourceChain(List.of(source))::fetch)
                  .withMessageContaining(place)
                  .withMessageContaining("swapped")
                  .withMessageNotContaining(secret));
    } finally {
      service.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AK", "RamRoleArn", "ChainableRamRoleArn", "EcsRamRole", "OIDC"})
  void aProfileOnDiskSigns(String profile) throws IOException {
    start(true);
    Files.writeString(folder.resolve("token"), JWT);
    assertSigns(profiles(profile));
  }

  private CliProfile profiles(String profile) throws IOException {
    String keys =
        "\"access_key_id\":\""
            + oss.accessKeyId()
            + "\",\"access_key_secret\":\""
            + oss.accessKeySecret()
            + "\"";
    String role = "\"ram_role_arn\":\"" + ROLE + "\",\"ram_session_name\":\"cli\"";
    Path file =
        Files.writeString(
            folder.resolve("config.json"),
            "{\"current\":\"AK\",\"profiles\":["
                + ("{\"name\":\"AK\",\"mode\":\"AK\"," + keys + "},")
                + ("{\"name\":\"RamRoleArn\",\"mode\":\"RamRoleArn\"," + keys + ",")
                + (role + ",\"expired_seconds\":900},")
                + "{\"name\":\"ChainableRamRoleArn\",\"mode\":\"ChainableRamRoleArn\","
                + ("\"source_profile\":\"AK\"," + role + "},")
                + "{\"name\":\"EcsRamRole\",\"mode\":\"EcsRamRole\",\"ram_role_name\":\"\"},"
                + "{\"name\":\"narrow\",\"mode\":\"RamRoleArn\","
                + (keys + "," + role + ",")
                + "\"policy\":\"{\\\"Version\\\":\\\"1\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\","
                + "\\\"Action\\\":\\\"oss:GetObject\\\",\\\"Resource\\\":\\\"*\\\"}]}\"},"
                + "{\"name\":\"loop\",\"mode\":\"ChainableRamRoleArn\",\"source_profile\":\"loop\"},"
                + "{\"name\":\"External\",\"mode\":\"External\"},"
                + ("{\"name\":\"OIDC\",\"mode\":\"OIDC\"," + role + ",\"oidc_provider_arn\":\"")
                + (PROVIDER + "\",\"oidc_token_file\":\"" + folder.resolve("token") + "\"}]}"));
    return new CliProfile(
        file,
        Optional.of(profile),
        Optional.of(oss.stsEndpoint().toString()),
        oss.metadataEndpoint());
  }

  @Test
  void policyOfAProfileIsEnforced() throws IOException {
    start(false);
    try (OssCredentialsProvider keys = CachedCredentials.of(profiles("narrow"))) {
      assertThat(TestUploads.statusOfUpload(oss, keys)).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "unknown, There is no profile 'unknown'",
    "loop, is its own source",
    "External, has mode 'External'"
  })
  void aProfileThatLendsNothingIsNamed(String profile, String text) throws IOException {
    start(false);
    CliProfile source = profiles(profile);
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(source::fetch)
        .withMessageContaining(text);
  }

  @Test
  void aBrokenProfileFileIsNamedButNotQuoted() throws IOException {
    start(false);
    Path file = Files.writeString(folder.resolve("bad.json"), "{\"access_key_secret\":\"s3cret");
    CliProfile source =
        new CliProfile(file, Optional.empty(), Optional.empty(), oss.metadataEndpoint());
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(source::fetch)
        .withMessageContaining("bad.json")
        .withMessageNotContaining("s3cret")
        .withNoCause();
  }

  @Test
  void aChainStaysWithTheFirstThatAnswers() {
    start(true);
    CredentialsSource nothing =
        new NamedKeys("nowhere", Map.of(), "ID_VARIABLE", "SECRET_VARIABLE", "TOKEN");
    CredentialsSource instance = new InstanceRole(Optional.empty(), false, oss.metadataEndpoint());
    SourceChain chain = new SourceChain(List.of(nothing, instance, nothing));
    assertSigns(chain);
    assertThat(chain.name()).isEqualTo("ECS RAM role");
  }

  @Test
  void emptyChainNamesTheMissingOfEachSource() {
    start(true);
    CredentialsSource nothing =
        new NamedKeys("nowhere", Map.of(), "ID_VARIABLE", "SECRET_VARIABLE", "TOKEN");
    CredentialsSource instance =
        new InstanceRole(Optional.of("other"), false, oss.metadataEndpoint());
    SourceChain chain = new SourceChain(List.of(nothing, instance));
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(chain::fetch)
        .withMessageContaining("nowhere: ID_VARIABLE is not set")
        .withMessageContaining("ECS RAM role: The metadata service answered 404");
  }

  @Test
  void keysThatAreWrittenDownAreReadWithTheirToken() {
    OssCredentials read =
        new NamedKeys("map", Map.of("i", "id", "s", "secret", "t", " token "), "i", "s", "t")
            .fetch();
    assertThat(read.securityToken()).contains("token");
  }
}
