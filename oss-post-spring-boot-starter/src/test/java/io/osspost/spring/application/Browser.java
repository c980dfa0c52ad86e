package io.osspost.spring.application;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.json.JsonParserFactory;

/** A client that uploads, as HTTP shows it. */
final class Browser {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(1);

  private final String base;

  Browser(String base) {
    this.base = base;
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).GET());
  }

  HttpResponse<String> options(String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).method("OPTIONS", BodyPublishers.noBody()));
  }

  HttpResponse<String> post(String path, String type, String body, String... headers)
      throws IOException, InterruptedException {
    return send(
        request(path, headers).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> postForm(String path, Map<String, String> form, String... headers)
      throws IOException, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return post(path, "application/x-www-form-urlencoded", body, headers);
  }

  /** Puts a part to its URL. */
  static HttpResponse<String> put(String url, byte[] part)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofByteArray(part)));
  }

  /** Posts the form of a grant, and a file, to the address in the grant. */
  static HttpResponse<String> upload(String grant, byte[] file)
      throws IOException, InterruptedException {
    Map<String, Object> answer = JsonParserFactory.getJsonParser().parseMap(grant);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    ((Map<?, ?>) answer.get("fields"))
        .forEach(
            (name, value) ->
                body.writeBytes(
                    ("--b\r\nContent-Disposition: form-data; name=\""
                            + name
                            + "\"\r\n\r\n"
                            + value
                            + "\r\n")
                        .getBytes(UTF_8)));
    body.writeBytes(
        """
        --b\r
        Content-Disposition: form-data; name="file"; filename="a.png"\r
        Content-Type: image/png\r
        \r
        """
            .getBytes(UTF_8));
    body.writeBytes(file);
    body.writeBytes("\r\n--b--\r\n".getBytes(UTF_8));
    return send(
        HttpRequest.newBuilder(URI.create((String) answer.get("url")))
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(BodyPublishers.ofByteArray(body.toByteArray())));
  }

  static String[] as(String user) {
    return new String[] {
      "Authorization",
      "Basic " + Base64.getEncoder().encodeToString((user + ":password").getBytes(UTF_8))
    };
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.timeout(ANSWERED_WITHIN).build(), BodyHandlers.ofString());
  }
}
