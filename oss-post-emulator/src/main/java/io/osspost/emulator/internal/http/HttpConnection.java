package io.osspost.emulator.internal.http;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.text.DurationText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The connection of one client. Its own thread handles the requests, one after the other. The
 * listener may inspect and close it from other threads.
 */
final class HttpConnection implements Runnable {
  private static final System.Logger LOG = System.getLogger("io.osspost.emulator");

  /** The time in which a client must read a complete response and close the connection. */
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private static final long NEVER = Long.MAX_VALUE;

  private final Socket socket;
  private final HttpHandler handler;
  private final HttpLimits limits;

  /** When the wait for a request began; {@link #NEVER} while one is in progress. */
  private volatile long waitingSince = System.nanoTime();

  /** When the client was last offered bytes; {@link #NEVER} if there are none. */
  private volatile long writingSince = NEVER;

  HttpConnection(Socket socket, HttpHandler handler, HttpLimits limits) {
    this.socket = socket;
    this.handler = handler;
    this.limits = limits;
  }

  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      ClientInput in = new ClientInput(socket);
      OutputStream out = new WatchedOutput(socket.getOutputStream());
      AnswerWriter answers = new AnswerWriter(out);
      while (serve(in, out, answers)) {
        waitingSince = System.nanoTime();
      }
      closeGracefully(in);
    } catch (IOException e) {
      LOG.log(DEBUG, () -> "A connection ended: " + e);
    } catch (RuntimeException e) {
      LOG.log(ERROR, "A connection failed; this is a bug of the emulator", e);
    }
  }

  /**
   * Returns whether no request arrived for so long that the connection can be closed without harm.
   */
  boolean hasWaited(int millis) {
    long since = waitingSince;
    return since != NEVER && System.nanoTime() - since > millis * 1_000_000L;
  }

  long waitingSince() {
    return waitingSince;
  }

  /** Closes the connection if its client does not read the response. */
  void closeIfStalled() {
    long since = writingSince;
    if (since != NEVER && System.nanoTime() - since > limits.stall().toNanos()) {
      close();
    }
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(DEBUG, () -> "A connection did not close: " + e);
    }
  }

  /** Handles the next request; returns whether another one may follow. */
  private boolean serve(ClientInput in, OutputStream out, AnswerWriter answers) throws IOException {
    in.limitEachRead(limits.idle());
    if (!in.awaitByte()) {
      return false;
    }
    in.limitAllReads(limits.head());
    try {
      RequestHead head = RequestHead.read(in, limits.headBytes());
      RequestBody body = RequestBody.of(head, in, out);
      in.limitEachRead(limits.stall());
      waitingSince = NEVER;
      return answer(head, body, answers);
    } catch (BadRequestException e) {
      refuse(e.status(), e.why(), answers);
    } catch (SocketTimeoutException e) {
      refuse(
          408,
          "the head of the request did not arrive within " + DurationText.of(limits.head()),
          answers);
    }
    return false;
  }

  private boolean answer(RequestHead head, RequestBody body, AnswerWriter answers)
      throws IOException {
    HttpAnswer answer = handler.answer(new HttpRequest(head, body, socket.getInetAddress()));
    if (answer.isNone()) {
      throw new ConnectionCutException("This request gets no response");
    }
    boolean keepAlive = head.keepsAlive() && !body.isHeldBack();
    answers.write(head.method(), answer, keepAlive);
    // A client reads the response only after it has sent its request.
    return !body.isHeldBack() && body.drain(limits.drain()) && keepAlive;
  }

  private void refuse(int status, String why, AnswerWriter answers) throws IOException {
    LOG.log(INFO, () -> "A connection is refused, " + status + ": " + why);
    byte[] text = ("This is not a valid HTTP request: " + why + ".\n").getBytes(UTF_8);
    answers.write("GET", HttpAnswer.of(status, "text/plain", text), false);
  }

  /**
   * Reads the rest of the request. Closing a socket with unread bytes would discard the response.
   */
  private void closeGracefully(ClientInput in) throws IOException {
    socket.shutdownOutput();
    in.limitAllReads(GOODBYE);
    byte[] dropped = new byte[8 << 10];
    while (in.read(dropped, 0, dropped.length) >= 0) {
      // These bytes were already sent.
    }
  }

  /** Measures how long the client has not read the written bytes. */
  private final class WatchedOutput extends OutputStream {
    private static final int PIECE = 64 << 10;

    private final OutputStream out;

    WatchedOutput(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int at = 0; at < length; at += PIECE) {
        writingSince = System.nanoTime();
        out.write(bytes, offset + at, Math.min(PIECE, length - at));
        writingSince = NEVER;
      }
    }
  }
}
