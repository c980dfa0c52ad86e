package io.osspost.callback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpKeyFetcherTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";

  private final KeyFetcher fetcher = new HttpKeyFetcher(Duration.ofMillis(600));
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> visited = new CopyOnWriteArrayList<>();
  private ServerSocket server;

  @BeforeEach
  void startServer() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "key server");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
  }

  @Test
  void fetchesTheText() throws IOException {
    answers.put("/key.pem", OK + "-----BEGIN PUBLIC KEY-----");
    assertThat(fetcher.fetch(url("/key.pem"))).isEqualTo("-----BEGIN PUBLIC KEY-----");
  }

  @Test
  void aRedirectIsNotFollowed() {
    answers.put(
        "/key.pem", "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
    answers.put("/elsewhere", OK + "key");
    assertThatThrownBy(() -> fetcher.fetch(url("/key.pem")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("status 302");
    assertThat(visited).containsExactly("/key.pem");
  }

  @Test
  void anAnswerThatIsMissingOrTooLargeIsRefused() {
    answers.put("/gone.pem", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    answers.put("/large.pem", OK + "x".repeat(16 * 1024 + 1));
    assertThatThrownBy(() -> fetcher.fetch(url("/gone.pem"))).hasMessageContaining("status 404");
    assertThatThrownBy(() -> fetcher.fetch(url("/large.pem"))).hasMessageContaining("16384 bytes");
  }

  @Test
  void anAnswerThatDripsOrNeverComesIsGivenUp() {
    answers.put("/slow.pem", OK + "drip".repeat(100));
    long began = System.nanoTime();
    assertThatThrownBy(() -> fetcher.fetch(url("/slow.pem"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> fetcher.fetch(url("/silent.pem"))).isInstanceOf(IOException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
  }

  /** Serves one connection after the other; what has no answer waits for the client to leave. */
  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        String path = in.readLine().split(" ", 3)[1];
        visited.add(path);
        while (!in.readLine().isEmpty()) {
          // the headers do not matter
        }
        String answer = answers.get(path);
        if (answer == null) {
          in.readLine();
        } else {
          write(answer, socket.getOutputStream());
        }
      } catch (IOException e) {
        // the client has left, or the test has ended
      }
    }
  }

  private static void write(String answer, OutputStream out) throws IOException {
    int drip = answer.indexOf("drip");
    out.write(answer.substring(0, drip < 0 ? answer.length() : drip).getBytes(US_ASCII));
    out.flush();
    for (int i = drip; i >= 0 && i < answer.length(); i++) {
      pause();
      out.write(answer.charAt(i));
      out.flush();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
  }
}
