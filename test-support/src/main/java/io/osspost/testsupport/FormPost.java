package io.osspost.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Posts a form as a browser does. */
public final class FormPost {
  private static final String BOUNDARY = "----form8f3c1b";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private FormPost() {}

  public static HttpResponse<String> send(
      URI url, Map<String, String> fields, String filename, String type, byte[] content)
      throws IOException, InterruptedException {
    return send(url, BodyPublishers.ofByteArray(body(fields, filename, type, content)));
  }

  /** Posts a body of {@link #body}, at the speed of its publisher. */
  public static HttpResponse<String> send(URI url, BodyPublisher body)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(body)
            .build(),
        BodyHandlers.ofString());
  }

  /** Returns the body of a form: the fields, then the file. */
  public static byte[] body(
      Map<String, String> fields, String filename, String type, byte[] content) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach((name, value) -> part(body, "name=\"" + name + "\"", value.getBytes(UTF_8)));
    String disposition = "name=\"file\"; filename=\"" + filename + "\"\r\nContent-Type: " + type;
    part(body, disposition, content);
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
    return body.toByteArray();
  }

  private static void part(ByteArrayOutputStream body, String disposition, byte[] content) {
    String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition;
    body.writeBytes((head + "\r\n\r\n").getBytes(UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(UTF_8));
  }
}
