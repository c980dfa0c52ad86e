package io.osspost.emulator.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** HTTP over a plain socket: sets any Host header and sends exactly the bytes of a test. */
public final class RawHttp {
  /** Header names are in lower case. */
  public record Answer(int status, Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** Returns the text of a member of an XML body, or null. */
    public String member(String name) {
      int from = body.indexOf("<" + name + ">");
      int to = body.indexOf("</" + name + ">");
      return from < 0 || to < 0 ? null : body.substring(from + name.length() + 2, to);
    }
  }

  private RawHttp() {}

  public static Answer post(URI endpoint, String path, TestForm form) throws IOException {
    return send(
        endpoint,
        "POST",
        path,
        Map.of("Content-Type", "multipart/form-data; boundary=" + TestForm.BOUNDARY),
        form.body());
  }

  /** Sends one request with Content-Length and reads the whole answer. */
  public static Answer send(
      URI endpoint, String method, String path, Map<String, String> headers, byte[] body)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Host", endpoint.getAuthority());
    if (body.length > 0) {
      all.put("Content-Length", Integer.toString(body.length));
    }
    all.putAll(headers);
    try (Socket socket = connect(endpoint.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(head(method, path, all));
      out.write(body);
      out.flush();
      return read(socket.getInputStream(), method.equals("HEAD"));
    }
  }

  /** Opens a loopback connection whose reads time out after 20 seconds. */
  public static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Returns the head of a request that uploads a {@link TestForm} with one more header. */
  public static byte[] formHead(String header, String value) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "127.0.0.1");
    headers.put("Content-Type", "multipart/form-data; boundary=" + TestForm.BOUNDARY);
    headers.put(header, value);
    return head("POST", "/examplebucket/", headers);
  }

  public static byte[] head(String method, String path, Map<String, String> headers) {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head.append("Connection: close\r\n\r\n").toString().getBytes(ISO_8859_1);
  }

  public static Answer read(InputStream in, boolean headOnly) throws IOException {
    Message message = message(in, headOnly);
    return new Answer(
        Integer.parseInt(message.firstLine().split(" ", 3)[1]), message.headers(), message.body());
  }

  /** A request or an answer as received; its header names are in lower case. */
  record Message(String firstLine, Map<String, String> headers, String body) {}

  /** Reads one message whose body, if it is not {@code headOnly}, has a Content-Length. */
  static Message message(InputStream in, boolean headOnly) throws IOException {
    String[] lines = head(in).split("\r\n", 0);
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).trim());
    }
    int length = headOnly ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Message(lines[0], headers, new String(in.readNBytes(length), UTF_8));
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("The connection ended after: " + head);
      }
      head.write(b);
    }
    return head.toString(ISO_8859_1);
  }
}
