package io.osspost.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes requests byte for byte, so that requests that clients refuse to send reach the container.
 */
final class Wire {
  private final int port;

  Wire(int port) {
    this.port = port;
  }

  int port() {
    return port;
  }

  Answer get(String target, String... headers) throws IOException {
    return send("GET", target, new byte[0], headers);
  }

  Answer post(String target, String body, String... headers) throws IOException {
    List<String> all = new ArrayList<>(List.of(headers));
    if (all.stream().noneMatch(header -> header.startsWith("Content-Type:"))) {
      all.add("Content-Type: application/x-www-form-urlencoded");
    }
    return send("POST", target, body.getBytes(UTF_8), all.toArray(String[]::new));
  }

  Answer send(String method, String target, byte[] body, String... headers) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1:");
    head.append(port).append("\r\nConnection: close\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.append("\r\n").toString().getBytes(UTF_8));
    request.writeBytes(body);
    return send(request.toByteArray());
  }

  /** Sends {@code request} unchanged, and reads one answer. */
  Answer send(byte[] request) throws IOException {
    return Answer.read(new ByteArrayInputStream(exchange(request)));
  }

  /** Sends {@code requests} at once, and reads all answers. */
  byte[] exchange(byte[] requests) throws IOException {
    return exchange(requests, false);
  }

  /** Sends {@code request}, and ends the output, so that a container does not wait for more. */
  byte[] exchangeAndHangUp(byte[] request) throws IOException {
    return exchange(request, true);
  }

  private byte[] exchange(byte[] requests, boolean hangUp) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      try {
        socket.getOutputStream().write(requests);
        if (hangUp) {
          socket.shutdownOutput();
        }
        socket.getInputStream().transferTo(received);
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        // A container that has answered may close the connection before the rest of a request.
        socket.getInputStream().transferTo(received);
      }
      return received.toByteArray();
    }
  }

  /** The received answer. */
  static final class Answer {
    private final int status;
    private final List<String> headers;
    private final byte[] bytes;

    private Answer(int status, List<String> headers, byte[] bytes) {
      this.status = status;
      this.headers = headers;
      this.bytes = bytes;
    }

    static Answer read(InputStream in) throws IOException {
      Answer head = readHead(in);
      if (head.status == 100) {
        return read(in);
      }
      return new Answer(
          head.status,
          head.headers,
          head.header("Transfer-Encoding").isPresent() ? chunks(in) : plain(in, head));
    }

    /** Reads an answer that has no body, whatever its headers are. */
    static Answer readHead(InputStream in) throws IOException {
      String line = line(in);
      if (!line.startsWith("HTTP/1.")) {
        throw new IOException("No answer but '" + line + "'");
      }
      List<String> headers = new ArrayList<>();
      for (String header = line(in); !header.isEmpty(); header = line(in)) {
        headers.add(header);
      }
      return new Answer(Integer.parseInt(line.substring(9, 12)), headers, new byte[0]);
    }

    int status() {
      return status;
    }

    List<String> headers() {
      return headers;
    }

    byte[] bytes() {
      return bytes;
    }

    Optional<String> header(String name) {
      return headers.stream()
          .filter(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(header -> header.substring(name.length() + 1).strip())
          .findFirst();
    }

    String body() {
      return new String(bytes, UTF_8);
    }

    private static byte[] plain(InputStream in, Answer head) throws IOException {
      int length = head.header("Content-Length").map(Integer::parseInt).orElse(Integer.MAX_VALUE);
      return in.readNBytes(length);
    }

    private static byte[] chunks(InputStream in) throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (String size = line(in); !size.isEmpty(); size = line(in)) {
        int length = Integer.parseInt(size.strip(), 16);
        if (length == 0) {
          break;
        }
        body.writeBytes(in.readNBytes(length));
        line(in);
      }
      return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        line.write(next);
      }
      return line.toString(ISO_8859_1).stripTrailing();
    }

    @Override
    public String toString() {
      return status + " " + headers + "\n" + body();
    }
  }
}
