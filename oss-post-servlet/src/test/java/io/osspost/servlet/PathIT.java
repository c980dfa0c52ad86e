package io.osspost.servlet;

import static io.osspost.servlet.Deployed.assertOurs;
import static io.osspost.servlet.Deployed.granted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.UploadGrants;
import java.io.InputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoints' paths, and requests that pass unchanged, in every container. */
@ParameterizedClass
@MethodSource("io.osspost.servlet.ServletContainer$Kind#tested")
class PathIT {
  private static final String ROUTE = "/get_post_signature_for_oss_upload";

  @Parameter ServletContainer.Kind kind;
  private static final String MODULE = "/oss-post/oss-post.js";

  private Wire wire;

  @BeforeEach
  void deploy() {
    wire = Deployed.in(kind).wire();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop" + ROUTE + ";jsessionid=1",
        "/shop" + ROUTE + ";a=b;c",
        "/shop;v=1" + ROUTE,
        "/shop/get_post%5Fsignature_for_oss_upload",
        "/%73hop" + ROUTE,
        "/shop/x/.." + ROUTE,
        "/shop/." + ROUTE
      })
  void pathParametersAndEncodingChangeNothing(String path) throws Exception {
    if (kind == ServletContainer.Kind.JETTY_9_ON_JAVA_8 && path.endsWith(";a=b;c")) {
      // Jetty 9.4 does not find a resource with two path parameters.
      assertThat(wire.get(path).status()).isEqualTo(404);
      return;
    }
    granted(wire.get(path + "?format=form"));
  }

  @Test
  void requestLineMayContainTheWholeAddress() throws Exception {
    granted(wire.get("http://127.0.0.1:" + wire.port() + "/shop" + ROUTE + "?format=form"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ROUTE,
        "/shop" + ROUTE + "/",
        "/shop" + ROUTE + "/more",
        "/shop/more" + ROUTE,
        "/shop/GET_post_signature_for_oss_upload",
        "/shop" + ROUTE + ".jsp",
        "/shop" + ROUTE + "%2F",
        "/shop" + ROUTE + "%00",
        "/shop" + ROUTE + "%3Bx",
        "/shop/inside2" + ROUTE
      })
  void otherPathsAreNotAnswered(String path) throws Exception {
    Wire.Answer answer = wire.get(path);
    assertThat(answer.status()).as(answer.toString()).isBetween(400, 404);
    assertThat(answer.header("Content-Type").orElse("")).doesNotContain("problem");
    assertThat(answer.header("Referrer-Policy")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json"
      })
  void theBodiesOfOtherRequestsAreUnread(String type) throws Exception {
    String body = "--x\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\nform=1\r\n--x--";
    Wire.Answer answer = wire.post("/shop/echo?format=form", body, "Content-Type: " + type);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.header("Referrer-Policy")).isEmpty();
  }

  @Test
  void aServletBehindTheFilterMayAnswerLater() throws Exception {
    assertThat(wire.get("/shop/late").body()).isEqualTo("late");
  }

  @Test
  void aRequestDispatchedToOurPathLaterIsAnswered() throws Exception {
    granted(wire.get("/shop/late?to=" + ROUTE + "&format=form"));
  }

  @Test
  void browserModuleIsServed() throws Exception {
    for (String application : new String[] {"/shop", "/zero", "/quiet"}) {
      Wire.Answer answer = wire.get(application + MODULE);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      assertThat(answer.header("Content-Type").orElse("")).contains("javascript");
      try (InputStream module =
          UploadGrants.class.getResourceAsStream("/META-INF/resources/oss-post/oss-post.js")) {
        assertThat(answer.body()).isEqualTo(new String(module.readAllBytes(), UTF_8));
      }
    }
  }

  /** The date of a reproducible jar never changes, so browsers would keep an old copy for weeks. */
  @Test
  void browserModuleIsRevalidated() throws Exception {
    Wire.Answer first = wire.get("/shop" + MODULE);
    assertThat(first.header("Cache-Control")).contains("no-cache");
    assertThat(first.header("Last-Modified")).isEmpty();
    String etag = first.header("ETag").orElseThrow();
    Wire.Answer again = wire.get("/shop" + MODULE, "If-None-Match: " + etag);
    assertThat(again.status()).as(again.toString()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(wire.get("/shop" + MODULE, "If-None-Match: \"0\"").status()).isEqualTo(200);
  }

  @Test
  void pageOfAListedOriginImportsTheBrowserModule() throws Exception {
    Wire.Answer listed = wire.get("/shop" + MODULE, "Origin: https://pages.example.com");
    assertThat(listed.header("Access-Control-Allow-Origin")).contains("https://pages.example.com");
    assertThat(listed.header("Vary")).contains("Origin");
    Wire.Answer other = wire.get("/shop" + MODULE, "Origin: https://evil.example");
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void severalWebApplicationsAnswerEachForThemselves() throws Exception {
    assertThat(granted(wire.get("/shop" + ROUTE + "?format=form")).path("url").asText())
        .startsWith(Deployed.OSS.endpoint().toString());
    assertThat(granted(wire.get("/zero" + ROUTE + "?format=form")).path("url").asText())
        .isEqualTo("https://examplebucket.oss-cn-shanghai.aliyuncs.com");
  }

  @Test
  void aServletAnswersBelowItsMappingAndFindsNothingElse() throws Exception {
    granted(wire.get("/served/api" + ROUTE + "?format=form"));
    granted(wire.post("/served/api" + ROUTE, "format=form"));
    Wire.Answer head = wire.send("HEAD", "/served/api" + ROUTE, new byte[0]);
    assertThat(head.status()).isEqualTo(405);
    assertOurs(head);
    assertThat(wire.get("/served/api/other").status()).isEqualTo(404);
    assertThat(wire.get("/served" + ROUTE).status()).isEqualTo(404);
  }
}
