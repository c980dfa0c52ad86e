package java8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.osspost.settings.Collaborators;
import io.osspost.settings.UploadSettings;
import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebRequest;
import io.osspost.web.WebResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An application of Java 8: the endpoints on the JDK's own HTTP server, with the settings of its
 * arguments, {@code name=value}. It prints its address and each stored upload, and ends with its
 * input.
 */
public final class GrantServer {
  private GrantServer() {}

  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    int port = server.getAddress().getPort();
    Map<String, String> settings = new HashMap<>();
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      settings.put(pair[0], pair[1]);
    }
    settings.put("callback.url", "http://127.0.0.1:" + port + "/oss_upload_callback");
    UploadEndpoints endpoints =
        UploadSettings.read(settings)
            .open(
                Collaborators.builder()
                    .uploadListener(
                        upload ->
                            System.out.println(
                                "Stored " + upload.key().value() + " " + upload.size()))
                    .build());
    server.createContext("/", exchange -> handle(exchange, endpoints));
    server.start();
    System.out.println("Java " + System.getProperty("java.specification.version"));
    System.out.println("Open http://localhost:" + port + "/");
    while (System.in.read() >= 0) {
      continue;
    }
    server.stop(0);
    endpoints.close();
  }

  private static void handle(HttpExchange exchange, UploadEndpoints endpoints) throws IOException {
    try {
      Optional<WebResponse> response = endpoints.handle(new Request(exchange));
      if (!response.isPresent()) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      response.get().headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = response.get().body();
      exchange.sendResponseHeaders(response.get().status(), body.length == 0 ? -1 : body.length);
      // The stream of an empty body is closed, and a failed write closes the connection.
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
      exchange.sendResponseHeaders(500, -1);
    } finally {
      exchange.close();
    }
  }

  /** A request of the JDK's server, from a caller without a login. */
  private static final class Request implements WebRequest {
    private final HttpExchange exchange;
    private final byte[] body;

    Request(HttpExchange exchange) throws IOException {
      this.exchange = exchange;
      this.body = read(exchange.getRequestBody());
    }

    private static byte[] read(InputStream in) throws IOException {
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        read.write(buffer, 0, count);
      }
      return read.toByteArray();
    }

    @Override
    public String method() {
      return exchange.getRequestMethod();
    }

    @Override
    public String path() {
      return exchange.getRequestURI().getPath();
    }

    @Override
    public String rawPath() {
      return exchange.getRequestURI().getRawPath();
    }

    @Override
    public Optional<String> rawQuery() {
      return Optional.ofNullable(exchange.getRequestURI().getRawQuery());
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public Map<String, List<String>> parameters() {
      Map<String, List<String>> parameters = new LinkedHashMap<>();
      rawQuery().ifPresent(query -> addTo(parameters, query));
      if (method().equals("POST")) {
        addTo(parameters, new String(body, StandardCharsets.UTF_8));
      }
      return parameters;
    }

    private static void addTo(Map<String, List<String>> parameters, String form) {
      for (String pair : form.split("&")) {
        String[] both = pair.split("=", 2);
        if (both.length == 2) {
          parameters.computeIfAbsent(decoded(both[0]), name -> new ArrayList<>());
          parameters.get(decoded(both[0])).add(decoded(both[1]));
        }
      }
    }

    private static String decoded(String text) {
      try {
        return URLDecoder.decode(text, "UTF-8");
      } catch (UnsupportedEncodingException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Optional<String> principal() {
      return Optional.empty();
    }

    @Override
    public boolean isInRole(String role) {
      return false;
    }

    @Override
    public byte[] body() {
      return body;
    }
  }
}
