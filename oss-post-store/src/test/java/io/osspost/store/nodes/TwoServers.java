package io.osspost.store.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.osspost.emulator.OssEmulator;
import io.osspost.profile.Caller;
import io.osspost.settings.Collaborators;
import io.osspost.settings.UploadSettings;
import io.osspost.testsupport.FormPost;
import io.osspost.web.UploadEndpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Two servers with one emulator of OSS, in the process of the test, and the requests of their
 * pages. A header names the caller. Thread-safe.
 */
final class TwoServers implements AutoCloseable {
  static final String FORM = "get_post_signature_for_oss_upload";
  static final String CONFIRM = "oss_upload_confirm";
  static final String STEP = "oss_multipart_upload/";

  private static final String CALLER = "X-Caller";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OssEmulator oss = OssEmulator.builder().inMemory().start();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger events = new AtomicInteger();
  private final List<HikariDataSource> pools = new ArrayList<>();
  private final List<UploadEndpoints> endpoints = new ArrayList<>();
  private final List<HttpServer> servers = new ArrayList<>();

  /**
   * Starts the servers.
   *
   * @param database the URL of their database
   * @param clock the clock of both of them, but not of OSS
   * @param own settings beyond the bucket and the store
   * @param application what the application brings
   */
  TwoServers(
      String database,
      Clock clock,
      Map<String, String> own,
      UnaryOperator<Collaborators.Builder> application)
      throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("bucket", oss.bucket());
    settings.put("region", oss.region());
    settings.put("endpoint", oss.endpoint().toString());
    settings.put("credentials.type", "static");
    settings.put("credentials.access-key-id", oss.accessKeyId());
    settings.put("credentials.access-key-secret", oss.accessKeySecret());
    settings.put("callback.ticket-secret", "0123456789abcdef0123456789abcdef");
    settings.put("store.type", "jdbc");
    settings.put("store.data-source", "uploads");
    settings.put("store.create-schema", "true");
    settings.put("ledger.interval", "1s");
    settings.putAll(own);
    for (int i = 0; i < 2; i++) {
      HikariDataSource pool = NodeProgram.pool(database);
      pools.add(pool);
      UploadEndpoints opened =
          UploadSettings.read(settings)
              .open(
                  application
                      .apply(
                          Collaborators.builder()
                              .objects(name -> Optional.of(pool))
                              .clock(clock)
                              .authorizer(
                                  request -> Caller.named(request.header(CALLER).orElseThrow()))
                              .uploadListener(uploaded -> events.incrementAndGet()))
                      .build());
      endpoints.add(opened);
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
      servers.add(server);
      NodeProgram.serve(server, opened);
    }
  }

  OssEmulator oss() {
    return oss;
  }

  /** Returns the number of events that the listeners received. */
  int events() {
    return events.get();
  }

  /** Sends a form to one server. */
  HttpResponse<String> post(int server, String caller, String path, String form)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + servers.get(server % 2).getAddress().getPort()
                        + "/"
                        + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(CALLER, caller)
            .POST(BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }

  /** Uploads a file by the form of a grant; returns OSS's status. */
  int send(JsonNode grant, byte[] content) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    grant.get("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
    URI url = URI.create(grant.get("url").asText());
    return FormPost.send(url, fields, "a.png", "image/png", content).statusCode();
  }

  /** Sends the only part of a started upload. */
  int sendPart(JsonNode started, byte[] content) throws Exception {
    HttpRequest.Builder put =
        HttpRequest.newBuilder(URI.create(started.get("urls").get(0).get("url").asText()))
            .PUT(BodyPublishers.ofByteArray(content));
    return http.send(put.build(), BodyHandlers.ofString()).statusCode();
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  static String file(int size) {
    return "filename=a.png&type=image%2Fpng&size=" + size;
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    endpoints.forEach(UploadEndpoints::close);
    pools.forEach(HikariDataSource::close);
    oss.close();
  }
}
