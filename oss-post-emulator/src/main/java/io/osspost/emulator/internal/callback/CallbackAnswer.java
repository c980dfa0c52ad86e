package io.osspost.emulator.internal.callback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.json.JsonTree;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the response of the application's server, and rejects a response that OSS would not pass
 * on.
 */
final class CallbackAnswer {
  private static final int LONGEST_HEAD = 64 << 10;

  /** Statuses by which login filters and CSRF checks reject a request. */
  private static final Set<String> REFUSALS = Set.of("301", "302", "303", "307", "401", "403");

  private CallbackAnswer() {}

  /**
   * Returns the JSON of the response.
   *
   * @param longest the maximum length in bytes
   * @throws OssRefusedException 203 {@code CallbackFailed} if OSS would not accept the response
   * @throws IOException if the connection breaks
   */
  static byte[] read(InputStream in, int longest) throws IOException {
    String[] head = head(in).split("\r\n", -1);
    String[] statusLine = head[0].split(" ", 3);
    if (statusLine.length < 2 || !statusLine[0].startsWith("HTTP/1.")) {
      throw new IOException("The server does not use HTTP/1: " + head[0]);
    }
    if (!statusLine[1].equals("200")) {
      throw failed("Error status : " + statusLine[1] + ".")
          .ec("0007-00000203")
          .because(
              "the object is stored, but the callback returned status "
                  + statusLine[1]
                  + (REFUSALS.contains(statusLine[1])
                      ? ": allow POST requests to this path without login and without CSRF token"
                      : ""));
    }
    byte[] body = in.readNBytes(length(head, longest));
    try {
      checkJson(body);
    } catch (IOException e) {
      throw failed("Response body is not valid json format.")
          .ec("0007-00000205")
          .because("the object is stored, but the callback's response is not JSON in UTF-8");
    }
    return body;
  }

  static OssError failed(String message) {
    return OssError.of(203, "CallbackFailed", message);
  }

  static OssError unreachable() {
    return failed("Error status : -1.OSS can not connect to your callbackUrl, please check it.");
  }

  static OssError tooSlow(CallbackUrl url, Duration limit) {
    return failed(
            "Error status : -1 "
                + url.address().getAddress().getHostAddress()
                + ":"
                + url.address().getPort()
                + " reply timeout, cost:"
                + limit.toMillis()
                + "ms, timeout:"
                + limit.toMillis()
                + "ms (err -4, errno115)")
        .ec("0007-00000202");
  }

  private static int length(String[] head, int longest) {
    Optional<String> header = Optional.empty();
    for (String line : head) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        header = Optional.of(line.substring("content-length:".length()).trim());
      }
    }
    if (header.isEmpty()) {
      throw failed("Error Status : 400.User server missing content-length.")
          .because("the object is stored, but the callback's response has no Content-Length");
    }
    String text = header.get();
    if (!text.matches("0*[1-9][0-9]{0,17}")) {
      // The misspelling is OSS's own.
      throw failed("Error Status : 400.User server return invalid conent-length value.")
          .because(
              "the object is stored, but the Content-Length of the callback's response is '"
                  + text
                  + "'");
    }
    long length = Long.parseLong(text);
    if (length > longest) {
      throw failed("Error Status : 400.User server return too long content-length value.")
          .because(
              "the object is stored, but the callback's response has more than "
                  + longest
                  + " bytes");
    }
    return (int) length;
  }

  private static void checkJson(byte[] body) throws IOException {
    String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    if (text.startsWith("\uFEFF")) {
      throw new IOException("The response begins with a byte order mark");
    }
    JsonTree.lenient(text);
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int last4 = 0; last4 != 0x0D0A0D0A; ) {
      int b = in.read();
      if (b < 0 || head.size() > LONGEST_HEAD) {
        throw new EOFException("The server closed the connection, or its head does not end");
      }
      head.write(b);
      last4 = last4 << 8 | b;
    }
    return head.toString(ISO_8859_1);
  }
}
