package io.osspost.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.BucketRef;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.object.ProfileId;
import io.osspost.sign.ServerAccess;
import io.osspost.sign.SignatureVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses a server that answers as the test configures it, one connection per answer. */
class ObjectHeadClientTest {
  private static final String FOUND =
      """
      HTTP/1.1 200 OK
      Content-Length: 42
      Content-Type: image/png
      ETag: "E1"
      Last-Modified: Wed, 27 Nov 2024 08:00:00 GMT
      x-oss-meta-grant: g1
      x-oss-hash-crc64ecma: 7
      Connection: close

      """;
  private static final BucketRef BUCKET = BucketRef.configured("examplebucket");
  private static final ObjectKey KEY = new ObjectKey("uploads/a b.png");

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : opened) {
      resource.close();
    }
  }

  @Test
  void readsTheHeadersOfAnObject() throws IOException {
    Head.Found found = (Head.Found) heads(FOUND).head(BUCKET, KEY);
    assertThat(found.size()).isEqualTo(42);
    assertThat(found.type()).contains("image/png");
    assertThat(found.etag()).isEqualTo("E1");
    assertThat(found.crc64()).contains("7");
    assertThat(found.mark()).contains("g1");
    assertThat(found.versionId()).isEmpty();
    assertThat(requests).singleElement().asString().startsWith("HEAD /examplebucket/uploads/a%20b");
  }

  @Test
  void tellsAbsentForbiddenAndBrokenApart() throws IOException {
    assertThat(heads(status(404, "x-oss-ec: 0026-00000001\r\n")).head(BUCKET, KEY))
        .isInstanceOf(Head.Absent.class);
    assertThat(heads(status(404, "x-oss-ec: 0015-00000101\r\n")).head(BUCKET, KEY))
        .isEqualTo(new Head.Unavailable("there is no such bucket"));
    assertThat(heads(status(403, "")).head(BUCKET, KEY)).isInstanceOf(Head.Forbidden.class);
    assertThat(heads(status(301, "Location: http://127.0.0.1:1/x\r\n")).head(BUCKET, KEY))
        .isEqualTo(new Head.Unavailable("OSS responded with status 301"));
    assertThat(heads(FOUND).head(BucketRef.configured("otherbucket"), KEY))
        .isEqualTo(new Head.UnknownBucket());
    ProfileId tenant = new ProfileId("acme", "images");
    assertThat(heads(FOUND).head(new BucketRef("examplebucket", Optional.of(tenant)), KEY))
        .as("the bucket of a tenant is not that of the settings")
        .isEqualTo(new Head.UnknownBucket());
  }

  @Test
  void retriesAfterAFailure() throws IOException {
    assertThat(heads(status(503, ""), "", FOUND).head(BUCKET, KEY)).isInstanceOf(Head.Found.class);
    assertThat(requests.size()).isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hang", "drip"})
  void endsByTheDeadline(String how) throws IOException {
    ObjectHeadClient heads = heads(how);
    long start = System.nanoTime();
    assertThat(heads.head(BUCKET, KEY)).isInstanceOf(Head.Unavailable.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void refusesMoreThanItsShareOfQuestions() throws Exception {
    ObjectHeadClient heads = heads("hang");
    List<Thread> threads = new ArrayList<>();
    List<Head> answers = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 40; i++) {
      Thread thread = new Thread(() -> answers.add(heads.head(BUCKET, KEY)));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(answers)
        .hasSize(40)
        .filteredOn(new Head.Unavailable("too many requests are in progress")::equals)
        .hasSize(8);
  }

  @RepeatedTest(5)
  void leavesNoThreadBehind() throws Exception {
    ObjectHeadClient heads = heads("drip");
    heads.head(BUCKET, KEY);
    heads.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("oss-post-request")) {
        thread.join(5_000); // It ends by itself, but on a busy machine not at once.
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  void credentialsThatCannotBeFetchedAreNoAnswer() throws IOException {
    OssBucket bucket = bucket(9);
    ObjectHeadClient heads =
        new ObjectHeadClient(
            ServerAccess.of(
                () -> {
                  throw new CredentialsUnavailableException("none");
                },
                List.of(bucket),
                SignatureVersion.V4));
    opened.add(heads);
    assertThat(heads.head(BUCKET, KEY))
        .isEqualTo(new Head.Unavailable("there are no credentials to sign with"));
  }

  private static String status(int status, String headers) {
    return "HTTP/1.1 " + status + " x\nContent-Length: 0\nConnection: close\n" + headers + "\n";
  }

  private ObjectHeadClient heads(String... answers) throws IOException {
    ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    opened.add(server);
    Thread thread = new Thread(() -> serve(server, answers), "server");
    thread.setDaemon(true);
    thread.start();
    ObjectHeadClient heads =
        new ObjectHeadClient(
            ServerAccess.of(
                OssCredentialsProvider.of(OssCredentials.of("LTAIid", "secret")),
                List.of(bucket(server.getLocalPort())),
                SignatureVersion.V4),
            Duration.ofSeconds(2));
    opened.add(heads);
    return heads;
  }

  private static OssBucket bucket(int port) {
    return OssBucket.of("examplebucket", "cn-hangzhou").at(URI.create("http://127.0.0.1:" + port));
  }

  private void serve(ServerSocket server, String... answers) {
    for (int i = 0; !server.isClosed(); i++) {
      String answer = answers[Math.min(i, answers.length - 1)];
      try {
        Socket connection = server.accept();
        opened.add(connection);
        new Thread(() -> serve(connection, answer)).start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection, String answer) {
    try {
      byte[] request = new byte[8192];
      int read = connection.getInputStream().read(request);
      requests.add(new String(request, 0, Math.max(read, 0), US_ASCII));
      switch (answer) {
        case "hang" -> {
          return;
        }
        case "drip" -> {
          connection.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(US_ASCII));
          while (!connection.isClosed()) {
            connection.getOutputStream().write('x');
            Thread.sleep(20);
          }
        }
        default ->
            connection
                .getOutputStream()
                .write(answer.replaceAll("\r?\n", "\r\n").getBytes(US_ASCII));
      }
      connection.close();
    } catch (IOException | InterruptedException e) {
      // The client has closed the connection.
    }
  }
}
