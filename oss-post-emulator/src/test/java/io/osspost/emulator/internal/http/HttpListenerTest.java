package io.osspost.emulator.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.osspost.emulator.testing.RawHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP/1.1 according to RFC 9112, and clients that abuse it. */
class HttpListenerTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final HttpLimits LIMITS = new HttpLimits(20, LONG, LONG, 16 << 10, LONG, 1 << 20);

  private final List<Socket> sockets = new ArrayList<>();
  private HttpListener listener;

  /** Answers method, target and body of the request; /refused is answered unread. */
  private static HttpAnswer echo(HttpRequest request) {
    if (request.rawPath().equals("/refused")) {
      return text("refused");
    }
    try {
      String body = new String(request.body().readAllBytes(), UTF_8);
      return text(request + "|" + request.rawQuery() + "|" + body).with("x-oss-meta-aB", "字");
    } catch (BrokenBodyException e) {
      return text(e.isStalled() ? "RequestTimeout" : "IncompleteBody");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpAnswer text(String text) {
    return HttpAnswer.of(200, "text/plain", text.getBytes(UTF_8));
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    listener.close();
  }

  @Test
  void headerNamesLeaveAsTheyWereGiven() throws IOException {
    listen(LIMITS, HttpListenerTest::echo);
    String answer = exchange("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\nDate: ")
        .contains("\r\nContent-Type: text/plain\r\n", "\r\nConnection: close\r\n")
        .contains("\r\nx-oss-meta-aB: " + latin("字") + "\r\n");
  }

  @Test
  void requestsSentAheadAreAnsweredInOrder() throws IOException {
    listen(LIMITS, HttpListenerTest::echo);
    String answers =
        exchange(
            "PUT /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\none"
                + "POST /2?a=b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "2;x=y\r\ntw\r\n1\r\no\r\n0\r\nTrailer: t\r\n\r\n"
                + "PUT /refused HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nunread"
                + "GET /3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    assertThat(bodies(answers))
        .containsExactly("PUT /1||one", "POST /2|a=b|two", "refused", "GET /3||");
  }

  @Test
  void targetMayBeAUrl() throws IOException {
    listen(LIMITS, request -> text(request + " at " + request.header("HOST").orElseThrow()));
    assertThat(
            exchange(
                "GET http://b.localhost:1/k?q HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .endsWith("GET /k at b.localhost:1");
  }

  @Test
  void doubleSlashesStayInThePath() throws IOException {
    listen(LIMITS, HttpListenerTest::echo);
    assertThat(exchange("GET //a//b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
        .endsWith("GET //a//b||");
  }

  @Test
  void answersToHeadAnnounceTheLengthAndHaveNoBody() throws IOException {
    listen(LIMITS, HttpListenerTest::echo);
    assertThat(exchange("HEAD /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
        .contains("Content-Length: 9\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void answerWithoutContentHasNoLength() throws IOException {
    listen(LIMITS, request -> HttpAnswer.empty(204));
    assertThat(exchange("DELETE /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 204 No Content\r\n")
        .doesNotContain("Content-Length");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | nonsense",
        "400 | GET  /a HTTP/1.1~Host: h",
        "400 | GET /a HTTP/2.0~Host: h",
        "400 | GET a HTTP/1.1~Host: h",
        "400 | GET /a HTTP/1.1",
        "400 | GET /a HTTP/1.1~Host: h~Host: h",
        "400 | GET /a HTTP/1.1~Host : h",
        "400 | GET /a HTTP/1.1~Host: h~ folded: line",
        "400 | GET /a HTTP/1.1~Host: h~x: a\u0000b",
        "400 | GET /a HTTP/1.1~Host: h~Content-Length: -1",
        "400 | GET /a HTTP/1.1~Host: h~Content-Length: 1~Content-Length: 1",
        "400 | PUT /a HTTP/1.1~Host: h~Content-Length: 1~Transfer-Encoding: chunked",
        "501 | PUT /a HTTP/1.1~Host: h~Transfer-Encoding: gzip, chunked",
      })
  void whatTwoReadersCouldReadInTwoWaysIsRefused(int status, String head) throws IOException {
    listen(LIMITS, HttpListenerTest::echo);
    String request = head.replace("~", "\r\n") + "\r\n\r\n";
    assertThat(exchange(request)).startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void rejectsLineFeedWithoutCarriageReturn() throws IOException {
    listen(LIMITS, HttpListenerTest::echo);
    assertThat(exchange("GET /a HTTP/1.1\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void headThatIsTooLongIsRefused() throws IOException {
    listen(LIMITS, HttpListenerTest::echo);
    String fits = "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\nx: %s\r\n\r\n";
    assertThat(exchange(String.format(fits, "a".repeat(15 << 10)))).startsWith("HTTP/1.1 200 ");
    assertThat(exchange(String.format(fits, "a".repeat(17 << 10)))).startsWith("HTTP/1.1 431 ");
    assertThat(
            exchange(String.format(fits, "a".repeat(99)).replace("x: ", "x: b\r\n".repeat(9999))))
        .startsWith("HTTP/1.1 431 ");
  }

  @ParameterizedTest
  @CsvSource({
    "'x\r\n'",
    "'3\r\nabcd\r\n0\r\n\r\n'",
    "'3\r\nabc0\r\n\r\n'",
    "'ffffffffffffffff\r\n'",
    "'-1\r\n'",
    "'3\r\nab'",
  })
  void brokenChunksAreAnIncompleteBody(String chunks) throws IOException {
    listen(LIMITS, HttpListenerTest::echo);
    String head = "PUT /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThat(exchange(head + chunks)).endsWith("IncompleteBody");
  }

  @Test
  void shortBodyIsIncomplete() throws IOException {
    listen(LIMITS, HttpListenerTest::echo);
    assertThat(exchange("PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nabc"))
        .endsWith("IncompleteBody");
  }

  @Test
  void sendsContinueOnlyIfTheBodyIsRead() throws IOException {
    listen(LIMITS, HttpListenerTest::echo);
    String head = " HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n";
    Socket refused = connect();
    send(refused, "PUT /refused" + head);
    assertThat(readAll(refused)).startsWith("HTTP/1.1 200 OK").contains("Connection: close\r\n");

    Socket wanted = connect();
    send(wanted, "PUT /a" + head);
    byte[] interim = wanted.getInputStream().readNBytes(25);
    assertThat(new String(interim, UTF_8)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    send(wanted, "abc");
    wanted.shutdownOutput();
    assertThat(readAll(wanted)).startsWith("HTTP/1.1 200 OK").endsWith("PUT /a||abc");
  }

  @Test
  void unreadBodyIsCutBeyondTheLimit() throws IOException {
    listen(LIMITS, HttpListenerTest::echo);
    Socket socket = connect();
    send(socket, "PUT /refused HTTP/1.1\r\nHost: h\r\nContent-Length: 99000000000000\r\n\r\n");
    byte[] piece = new byte[1 << 20];
    assertThat(
            catchThrowable(
                () -> {
                  while (true) {
                    socket.getOutputStream().write(piece);
                  }
                }))
        .isInstanceOf(SocketException.class);
  }

  @Test
  void silentConnectionIsClosed() throws IOException {
    listen(new HttpLimits(20, SHORT, LONG, 1 << 10, LONG, 0), HttpListenerTest::echo);
    assertThat(readAll(connect())).isEmpty();
    Socket kept = connect();
    send(kept, "GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(readAll(kept)).contains("Connection: keep-alive\r\n").endsWith("GET /a||");
  }

  @Test
  void rejectsSlowHead() throws Exception {
    listen(new HttpLimits(20, LONG, SHORT, 1 << 10, LONG, 0), HttpListenerTest::echo);
    Socket socket = connect();
    for (char c : "GET /a HT".toCharArray()) {
      send(socket, String.valueOf(c));
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(readAll(socket)).startsWith("HTTP/1.1 408 ");
  }

  @Test
  void pausedBodyTimesOut() throws IOException {
    listen(new HttpLimits(20, LONG, LONG, 1 << 10, SHORT, 0), HttpListenerTest::echo);
    Socket socket = connect();
    send(socket, "PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nab");
    assertThat(readAll(socket)).endsWith("RequestTimeout");
  }

  @Test
  void pausedReaderIsCut() throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    listen(
        new HttpLimits(20, LONG, LONG, 1 << 10, SHORT, 0),
        request ->
            HttpAnswer.streaming(
                200,
                1L << 30,
                out -> {
                  try {
                    out.write(new byte[1 << 30]);
                  } catch (IOException e) {
                    cut.countDown();
                    throw e;
                  }
                }));
    send(connect(), "GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(cut.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void idleConnectionsDoNotExcludeOthers() throws IOException {
    listen(LIMITS, HttpListenerTest::echo);
    for (int i = 0; i < 200; i++) {
      send(connect(), i % 2 == 0 ? "GET /slow HTTP/1.1\r\nHo" : "");
      if (i % 20 == 0) {
        assertThat(exchange("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
            .endsWith("GET /a||");
      }
    }
    assertThat(exchange("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
        .endsWith("GET /a||");
  }

  @Test
  void requestsInWorkAreNotCutForNewConnections() throws Exception {
    CountDownLatch busy = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    listen(
        new HttpLimits(2, LONG, LONG, 1 << 10, LONG, 0),
        request -> {
          busy.countDown();
          awaitUninterrupted(go);
          return text("done");
        });
    Socket first = connect();
    send(first, "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    Socket second = connect();
    send(second, "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    awaitUninterrupted(busy);
    Socket third = connect();
    send(third, "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    TimeUnit.MILLISECONDS.sleep(100);
    go.countDown();
    for (Socket socket : List.of(first, second, third)) {
      assertThat(readAll(socket)).endsWith("done");
    }
  }

  @Test
  void failureOfTheHandlerEndsItsConnection() throws IOException {
    listen(
        LIMITS,
        request -> {
          if (request.rawPath().equals("/split")) {
            return HttpAnswer.empty(200).with("Location", "a\r\nSet-Cookie: b");
          }
          return text("fine");
        });
    assertThat(exchange("GET /split HTTP/1.1\r\nHost: h\r\n\r\n")).isEmpty();
    assertThat(exchange("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
        .endsWith("fine");
  }

  private void listen(HttpLimits limits, HttpHandler handler) throws IOException {
    listener =
        HttpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limits);
    listener.serve(handler);
  }

  private Socket connect() throws IOException {
    Socket socket = RawHttp.connect(listener.port());
    sockets.add(socket);
    return socket;
  }

  private String exchange(String request) throws IOException {
    Socket socket = connect();
    send(socket, request);
    socket.shutdownOutput();
    return readAll(socket);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static String readAll(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  private static List<String> bodies(String answers) {
    List<String> bodies = new ArrayList<>();
    for (String answer : answers.split("HTTP/1.1 ", -1)) {
      if (!answer.isEmpty()) {
        bodies.add(answer.substring(answer.indexOf("\r\n\r\n") + 4));
      }
    }
    return bodies;
  }

  private static String latin(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
