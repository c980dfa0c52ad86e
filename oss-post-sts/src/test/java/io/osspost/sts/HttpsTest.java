package io.osspost.sts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.sts.source.AssumedRole;
import io.osspost.sts.source.ServerClock;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS works without the excluded HTTP client, and rejects untrusted servers. */
class HttpsTest {
  private static final String PASSWORD = "changeit";
  private static final StsRole ROLE = StsRole.of("acs:ram::1234567890123456:role/uploader");

  @TempDir Path folder;
  private HttpsServer server;
  private Path store;
  private SSLContext trusting;
  private final SSLSocketFactory usual = HttpsURLConnection.getDefaultSSLSocketFactory();

  @BeforeEach
  void start() throws Exception {
    store = folder.resolve("sts.p12");
    Process keytool = new ProcessBuilder(command()).redirectErrorStream(true).start();
    keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(null, trust.getTrustManagers(), null);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              ("{\"Credentials\":{\"AccessKeyId\":\"STS.id\",\"AccessKeySecret\":\"secret\","
                      + "\"SecurityToken\":\"token\",\"Expiration\":\""
                      + Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS)
                      + "\"}}")
                  .getBytes(UTF_8);
          try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "sts",
        "-keyalg",
        "RSA",
        "-storetype",
        "PKCS12",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=ip:127.0.0.1",
        "-storepass",
        PASSWORD,
        "-keystore",
        store.toString());
  }

  @AfterEach
  void stop() {
    server.stop(0);
    HttpsURLConnection.setDefaultSSLSocketFactory(usual);
  }

  private OssCredentials fetch() {
    return new AssumedRole(
            ROLE.session().at("https://127.0.0.1:" + server.getAddress().getPort()),
            OssCredentialsProvider.of(OssCredentials.of("id", "secret")),
            new ServerClock(Clock.systemUTC()))
        .fetch();
  }

  @Test
  void rejectsUntrustedCertificate() {
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(this::fetch)
        .withMessageContaining("does not answer")
        .withMessageContaining("PKIX");
  }

  @Test
  void acceptsTrustedCertificate() {
    HttpsURLConnection.setDefaultSSLSocketFactory(trusting.getSocketFactory());
    assertThat(fetch().accessKeyId()).isEqualTo("STS.id");
  }

  @Test
  void theHttpClientWeLeaveOutIsNotThere() {
    assertThatExceptionOfType(ClassNotFoundException.class)
        .isThrownBy(() -> Class.forName("okhttp3.OkHttpClient"));
    assertThatExceptionOfType(ClassNotFoundException.class)
        .isThrownBy(() -> Class.forName("kotlin.Unit"));
  }
}
