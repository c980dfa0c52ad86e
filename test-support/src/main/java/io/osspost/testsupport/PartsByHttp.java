package io.osspost.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Uploads in parts by plain HTTP, as any client makes them, and the refusals that every adapter
 * must give. The same requests run against all containers and frameworks.
 */
public final class PartsByHttp {
  private static final String STEP = "oss_multipart_upload/";

  private final HttpClient http;
  private final URI application;
  private final String profile;

  /**
   * Creates a client.
   *
   * @param http with the cookies of a login, if the application needs one
   * @param application the application's address, which ends with a slash
   * @param profile a profile with the grant kind {@code multipart}
   */
  public PartsByHttp(HttpClient http, String application, String profile) {
    this.http = http;
    this.application = URI.create(application);
    this.profile = profile;
  }

  /** Uploads {@code content} and returns the name of the object. */
  public String upload(String filename, byte[] content) throws Exception {
    assertThat(get("get_upload_limits?profile=" + profile).body())
        .contains("\"multipart\"", "\"multipartFrom\":");
    String started = started(filename, content.length);
    final String ticket = text(started, "ticket");
    int partSize = Integer.parseInt(number(started, "partSize"));
    final int partCount = Integer.parseInt(number(started, "partCount"));
    refused(step("complete", "ticket", ticket), 409, "parts-missing");
    for (int part = 1; part <= partCount; part++) {
      String signed = step("sign", "ticket", ticket, "parts", String.valueOf(part)).body();
      int begin = (part - 1) * partSize;
      int length = Math.min(partSize, content.length - begin);
      HttpRequest put =
          HttpRequest.newBuilder(URI.create(text(signed, "url")))
              .PUT(BodyPublishers.ofByteArray(content, begin, length))
              .build();
      assertThat(http.send(put, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
    assertThat(step("parts", "ticket", ticket).body().split("\"number\":", -1))
        .hasSize(partCount + 1);
    HttpResponse<String> completed = step("complete", "ticket", ticket);
    assertThat(completed.statusCode()).as(completed.body()).isEqualTo(200);
    assertThat(step("complete", "ticket", ticket).body()).isEqualTo(completed.body());
    refused(step("abort", "ticket", ticket), 409, "already-stored");
    assertThat(text(completed.body(), "key")).isEqualTo(text(started, "key"));
    return text(started, "key");
  }

  /** Checks the refusals, and that an aborted upload is gone. */
  public void refusals() throws Exception {
    String ticket = text(started("a.png", 5), "ticket");
    for (String parts : new String[] {"0", "2", "10001", "1,2", "x", ""}) {
      refused(step("sign", "ticket", ticket, "parts", parts), 400, "bad-parameter");
    }
    refused(step("complete", "ticket", ticket, "crc64", "x"), 400, "bad-parameter");
    refused(step("parts", "ticket", ticket.substring(1)), 400, "ticket-invalid");
    refused(step("parts"), 400, "bad-parameter");
    refused(post("oss_upload_confirm", "ticket", ticket), 400, "ticket-invalid");
    refused(get(STEP + "parts"), 405, "method-not-allowed");
    refused(post(STEP + "parts?ticket=x", "ticket", ticket), 400, "bad-parameter");
    refused(
        step("start", "profile", profile, "filename", "a.png", "size", "0"), 400, "file-too-small");
    refused(
        step("start", "profile", "other", "filename", "a.png", "size", "5"),
        404,
        "unknown-profile");
    assertThat(step("abort", "ticket", ticket).statusCode()).isEqualTo(204);
    assertThat(step("abort", "ticket", ticket).statusCode()).isEqualTo(204);
    refused(step("complete", "ticket", ticket), 410, "upload-gone");
  }

  private String started(String filename, int size) throws Exception {
    HttpResponse<String> response =
        step(
            "start",
            "profile",
            profile,
            "filename",
            filename,
            "size",
            String.valueOf(size),
            "type",
            "image/png");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    return response.body();
  }

  private static void refused(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).contains("\"code\":\"" + code + "\"");
  }

  private HttpResponse<String> step(String name, String... form) throws Exception {
    return post(STEP + name, form);
  }

  private HttpResponse<String> post(String path, String... form) throws Exception {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < form.length; i += 2) {
      pairs.add(form[i] + "=" + URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
    }
    return send(
        HttpRequest.newBuilder(application.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(String.join("&", pairs))));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(application.resolve(path)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String text(String json, String name) {
    return found(json, name, "\"([^\"]*)\"").replace("\\u0026", "&").replace("\\/", "/");
  }

  private static String number(String json, String name) {
    return found(json, name, "([0-9]+)");
  }

  private static String found(String json, String name, String value) {
    Matcher found = Pattern.compile("\"" + name + "\":" + value).matcher(json);
    assertThat(found.find()).as("%s in %s", name, json).isTrue();
    return found.group(1);
  }
}
