package io.osspost.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A request with headers that only a browser may set: {@code Host} and {@code Origin}. */
public record RawRequest(URI server, String method, String path, String host, String origin) {

  /** Returns requests that a page can send from its visitor's browser to control an emulator. */
  public static List<RawRequest> ofAPage(URI server, String host, String origin) {
    List<RawRequest> requests = new ArrayList<>();
    for (String path :
        List.of(
            "/examplebucket/evil.html",
            "/examplebucket/",
            "/_admin/clock?advance=PT1H",
            "/_admin/journal")) {
      for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")) {
        requests.add(new RawRequest(server, method, path, host, origin));
      }
    }
    return requests;
  }

  /** Returns the whole answer, head and body. */
  public String send() throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(20_000);
      String head =
          String.join(
              "\r\n",
              method + " " + path + " HTTP/1.1",
              "Host: " + host,
              "Origin: " + origin,
              "Access-Control-Request-Method: PUT",
              "Content-Type: text/plain",
              "Content-Length: 0",
              "Connection: close",
              "",
              "");
      socket.getOutputStream().write(head.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Override
  public String toString() {
    return method + " " + path + " of " + origin;
  }
}
