package io.osspost.emulator.internal.callback;

import static io.osspost.emulator.rules.EmulatorRule.CALLBACK_ANSWER_3_MB;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.osspost.emulator.internal.text.DurationText;
import io.osspost.emulator.rules.EmulatorRules;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends one callback to one URL over a plain socket, so that exactly the documented bytes are sent.
 */
final class CallbackSender {
  private final CallbackKey key;
  private final URI keyUrl;
  private final Duration limit;
  private final int longestAnswer;

  CallbackSender(CallbackKey key, URI keyUrl, Duration limit, EmulatorRules rules) {
    this.key = key;
    this.keyUrl = keyUrl;
    this.limit = limit;
    this.longestAnswer = rules.has(CALLBACK_ANSWER_3_MB) ? 3 << 20 : 1 << 20;
  }

  /**
   * Posts {@code body} and returns the JSON of the response.
   *
   * @throws io.osspost.emulator.internal.protocol.OssRefusedException 203 {@code CallbackFailed} if
   *     the application did not return such a response
   */
  byte[] send(Callback callback, CallbackUrl url, byte[] body) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean connected = false;
    try (Socket socket = new Socket()) {
      socket.connect(url.address(), remainingMillis(deadline));
      connected = true;
      socket.setSoTimeout(remainingMillis(deadline));
      try (Socket secured = url.https() ? secure(socket, callback, url) : socket) {
        OutputStream out = secured.getOutputStream();
        out.write(head(callback, url, body));
        out.write(body);
        out.flush();
        return CallbackAnswer.read(untilDeadline(secured, deadline), longestAnswer);
      }
    } catch (SocketTimeoutException e) {
      if (connected) {
        throw CallbackAnswer.tooSlow(url, limit)
            .because(
                "the object is stored, but "
                    + url
                    + " did not respond within "
                    + DurationText.of(limit));
      }
      throw unreachable(url, e);
    } catch (IOException e) {
      throw unreachable(url, e);
    }
  }

  private static RuntimeException unreachable(CallbackUrl url, IOException e) {
    return CallbackAnswer.unreachable()
        .because("the object is stored, but " + url + " cannot be called: " + e.getMessage());
  }

  private byte[] head(Callback callback, CallbackUrl url, byte[] body) {
    List<String> lines =
        List.of(
            "POST " + url.path() + url.query() + " HTTP/1.1",
            "Host: " + callback.host().orElse(url.host()),
            "Connection: close",
            "Content-Length: " + body.length,
            "authorization: " + key.sign(url.signedText(body)),
            "Content-Type: "
                + (callback.json() ? "application/json" : "application/x-www-form-urlencoded"),
            "User-Agent: http-client/0.0.1",
            "x-oss-pub-key-url: "
                + Base64.getEncoder().encodeToString(keyUrl.toString().getBytes(US_ASCII)),
            "",
            "");
    return String.join("\r\n", lines).getBytes(ISO_8859_1);
  }

  private static SSLSocket secure(Socket socket, Callback callback, CallbackUrl url)
      throws IOException {
    SSLSocketFactory sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secured =
        (SSLSocket) sockets.createSocket(socket, url.host(), url.address().getPort(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setServerNames(callback.sni() ? List.of(new SNIHostName(url.host())) : List.of());
    secured.setSSLParameters(parameters);
    return secured;
  }

  /** Returns the remaining milliseconds: at least 1, because 0 means no limit to a socket. */
  private static int remainingMillis(long deadline) throws SocketTimeoutException {
    long milliseconds = (deadline - System.nanoTime()) / 1_000_000;
    if (milliseconds <= 0) {
      throw new SocketTimeoutException("Time is up");
    }
    return (int) milliseconds;
  }

  /** Returns an input whose reads fail after the deadline. */
  private static InputStream untilDeadline(Socket socket, long deadline) throws IOException {
    return new BufferedInputStream(
        new FilterInputStream(socket.getInputStream()) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            socket.setSoTimeout(remainingMillis(deadline));
            return in.read(bytes, offset, length);
          }
        });
  }
}
