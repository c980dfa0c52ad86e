package io.osspost.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import io.osspost.credentials.OssCredentials;
import io.osspost.emulator.OssEmulator;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.SignatureVersion;
import io.osspost.sign.UrlSigner;
import io.osspost.testsupport.Chromium;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A page of another origin, in a developer's browser, tries to use the developer's emulator. */
class ForeignPageIT {
  private static final String EVIL = "evil.example";
  private static final ObjectKey KEY = new ObjectKey("uploads/kept.txt");

  /**
   * Sends a request in one mode, and returns the body, or the reason why the page may not read it.
   */
  private static final String ASK =
      "async ([url, init]) => { try { const answer = await fetch(url, init);"
          + " return answer.type === 'opaque' ? 'opaque' : answer.status + ' ' + await answer.text();"
          + " } catch (error) { return 'blocked: ' + error.name; } }";

  private static Chromium chromium;
  private static HttpServer site;
  private static String origin;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launchWithHost(EVIL);
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext(
        "/",
        exchange -> {
          byte[] page = "<!doctype html><title>evil</title>".getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    site.start();
    origin = "http://" + EVIL + ":" + site.getAddress().getPort();
  }

  @AfterAll
  static void stop() {
    site.stop(0);
    chromium.close();
  }

  private static OssEmulator.Builder emulator() {
    return OssEmulator.builder().admin().stsPort(0).metadataPort(0);
  }

  @Test
  void foreignPageReadsWritesDeletesAndSteersNothing() throws Exception {
    try (OssEmulator oss = emulator().start()) {
      store(oss);
      Instant before = oss.clock().instant();
      Page page = chromium.open(origin, 800, 600);
      String link = signed(oss, ObjectRequest.get(KEY));
      String upload = signed(oss, ObjectRequest.put(new ObjectKey("uploads/evil.html")));
      String admin = oss.endpoint() + "/_admin/clock?advance=PT1H";

      for (String url :
          List.of(
              link,
              oss.endpoint() + "/",
              oss.endpoint() + "/examplebucket/",
              oss.endpoint() + "/_admin/journal",
              oss.stsEndpoint() + "/?Action=AssumeRole",
              oss.metadataEndpoint() + "/latest/meta-data/ram/security-credentials/")) {
        assertThat(ask(page, url, Map.of())).as(url).startsWith("blocked");
      }
      assertThat(ask(page, upload, Map.of("method", "PUT", "body", "evil"))).startsWith("blocked");
      assertThat(ask(page, link, Map.of("method", "DELETE"))).startsWith("blocked");
      assertThat(
              ask(
                  page,
                  admin,
                  Map.of("method", "POST", "headers", Map.of("x-emulator-token", "guessed"))))
          .startsWith("blocked");
      ask(page, admin, Map.of("method", "POST", "mode", "no-cors"));
      ask(page, oss.endpoint() + "/examplebucket/", Map.of("method", "POST", "mode", "no-cors"));
      postForm(page, oss.endpoint() + "/examplebucket/");
      postForm(page, admin);

      assertUntouched(oss);
      assertThat(Duration.between(before, oss.clock().instant())).isLessThan(Duration.ofMinutes(5));
      page.context().close();
    }
  }

  /** The page's own name leads to the emulator, which then has the page's origin. */
  @Test
  void pageThatPointsItsNameAtTheEmulatorGetsNothing() throws Exception {
    try (OssEmulator oss = emulator().start()) {
      store(oss);
      for (URI service : List.of(oss.endpoint(), oss.stsEndpoint(), oss.metadataEndpoint())) {
        String rebound = "http://" + EVIL + ":" + service.getPort();
        Page page = chromium.open(rebound + "/", 800, 600);
        assertThat(page.content()).contains("EmulatorHostForbidden");
        for (String path :
            List.of(
                "/examplebucket/" + KEY,
                "/_admin/clock",
                "/latest/meta-data/ram/security-credentials/EmulatorRole",
                "/?Action=AssumeRole")) {
          for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            assertThat(ask(page, rebound + path, Map.of("method", method)))
                .startsWith("403")
                .contains("EmulatorHostForbidden");
          }
        }
        page.context().close();
      }
      assertUntouched(oss);
    }
  }

  @Test
  void pageThatTheDeveloperAllowedReadsAndWrites() throws Exception {
    try (OssEmulator oss = emulator().corsOrigin(origin).start()) {
      store(oss);
      Page page = chromium.open(origin, 800, 600);
      assertThat(ask(page, signed(oss, ObjectRequest.get(KEY)), Map.of())).isEqualTo("200 kept");
      ObjectKey key = new ObjectKey("uploads/allowed.txt");
      assertThat(
              ask(
                  page,
                  signed(oss, ObjectRequest.put(key).contentType("text/plain")),
                  Map.of(
                      "method", "PUT",
                      "body", "new",
                      "headers", Map.of("Content-Type", "text/plain"))))
          .startsWith("200");
      assertThat(oss.object(key.value())).isPresent();
      page.context().close();
    }
  }

  private static String ask(Page page, String url, Map<String, ?> init) {
    return String.valueOf(page.evaluate(ASK, List.of(url, init)));
  }

  /** Sends a request without a preflight: a form, into a frame that the page cannot read. */
  private static void postForm(Page page, String url) {
    page.evaluate(
        "url => new Promise(done => { const frame = document.createElement('iframe');"
            + " frame.name = 'f'; document.body.append(frame);"
            + " const form = document.createElement('form'); form.method = 'post';"
            + " form.enctype = 'multipart/form-data'; form.action = url; form.target = 'f';"
            + " form.innerHTML = '<input name=key value=uploads/evil.html>"
            + "<input name=file value=evil>'; document.body.append(form);"
            + " frame.onload = () => done(); form.submit(); setTimeout(done, 2000); })",
        url);
  }

  private static void store(OssEmulator oss) throws Exception {
    URI url = URI.create(signed(oss, ObjectRequest.put(KEY)));
    HttpRequest put = HttpRequest.newBuilder(url).PUT(BodyPublishers.ofString("kept")).build();
    assertThat(HttpClient.newHttpClient().send(put, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  private static void assertUntouched(OssEmulator oss) throws Exception {
    assertThat(oss.keys()).containsExactly(KEY.value());
    assertThat(oss.object(KEY.value()).orElseThrow().content().readAllBytes())
        .asString(UTF_8)
        .isEqualTo("kept");
    assertThat(oss.faults().pending()).isEmpty();
  }

  private static String signed(OssEmulator oss, ObjectRequest request) {
    return UrlSigner.of(
            OssBucket.of(oss.bucket(), oss.region()).at(oss.endpoint()), SignatureVersion.V4)
        .sign(
            request,
            OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret()),
            Instant.now(),
            Duration.ofMinutes(5))
        .url()
        .toString();
  }
}
