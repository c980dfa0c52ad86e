package io.osspost.servlet;

import static io.osspost.servlet.Deployed.assertRefused;
import static io.osspost.servlet.Deployed.granted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways to add filters to a web application, the callers, and the failures at startup. */
@ParameterizedClass
@MethodSource("io.osspost.servlet.ServletContainer$Kind#tested")
class DeploymentIT {
  private static final String ROUTE = "/get_post_signature_for_oss_upload";

  @Parameter ServletContainer.Kind kind;
  private Deployed deployed;
  private Wire wire;

  @BeforeEach
  void deploy() {
    deployed = Deployed.in(kind);
    wire = deployed.wire();
  }

  @Test
  void contextParametersRegisterTheFilter() throws Exception {
    assertThat(granted(wire.get("/zero" + ROUTE + "?format=form")).path("url").asText())
        .contains("examplebucket", "cn-shanghai");
  }

  @Test
  void theJarAloneDoesNothing() throws Exception {
    assertThat(wire.get("/quiet" + ROUTE).status()).isEqualTo(404);
  }

  @Test
  void filterRegisteredInCodeIsNotDuplicated() throws Exception {
    granted(wire.get("/by-hand/by-hand" + ROUTE + "?format=form"));
    assertThat(wire.get("/by-hand" + ROUTE + "?format=form").status()).isEqualTo(404);
  }

  @Test
  void emptyParameterOverridesASystemProperty() throws Exception {
    WebArchive near =
        new WebArchive(kind.namespace())
            .contextParameters(
                "oss.post.credentials.type", "static",
                "oss.post.credentials.access-key-id", "LTAInear",
                "oss.post.credentials.access-key-secret", "secret",
                "oss.post.callback.url", "");
    WebArchive away = new WebArchive(kind.namespace()).contextParameters("oss.post.bucket", "");
    deployed.container().set("oss.post.bucket", "examplebucket");
    deployed.container().deploy("/near", deployed.write("near", near));
    deployed.container().deploy("/away", deployed.write("away", away));
    deployed.container().set("oss.post.bucket", "");
    assertRefused(wire.get("/near" + ROUTE), 401, "not-authenticated");
    assertThat(wire.get("/away" + ROUTE).status()).isEqualTo(404);
    deployed.container().undeploy("/near");
    deployed.container().undeploy("/away");
  }

  @Test
  void theContainersLoginNamesTheCaller() throws Exception {
    assertThat(wire.get("/shop/inside" + ROUTE).status()).isEqualTo(401);
    assertThat(wire.get("/shop/inside" + ROUTE).header("WWW-Authenticate").orElse(""))
        .startsWithIgnoringCase("Basic");
    String query = "?format=form&filename=a.png";
    assertThat(granted(wire.get("/shop/inside" + ROUTE + query, as("alice"))).path("key").asText())
        .startsWith("uploads/alice/");
    assertThat(granted(wire.get("/shop/inside" + ROUTE + query, as("edith"))).path("key").asText())
        .startsWith("uploads/edith/");
  }

  @Test
  void theContainersRolesOpenProfiles() throws Exception {
    String query = "?profile=edited&format=form";
    granted(wire.get("/shop/inside" + ROUTE + query, as("edith")));
    assertRefused(wire.get("/shop/inside" + ROUTE + query, as("alice")), 403, "not-allowed");
  }

  @Test
  void rejectsAnonymousCallersWithoutContainerLogin() throws Exception {
    assertRefused(wire.get("/shop/members" + ROUTE), 401, "not-authenticated");
  }

  @Test
  void filterUsesAuthorizerClassAndNamingAttribute() throws Exception {
    assertThat(
            granted(wire.get("/shop/eve" + ROUTE + "?format=form&filename=a%20b.png"))
                .path("key")
                .asText())
        .matches("uploads/eve/[0-9a-f-]{36}/box-of-a b.png");
  }

  @Test
  void unknownParameterIsLoggedWithASuggestion() throws Exception {
    WebArchive war = Deployed.withBucket(kind).filter("uploads", "alow-anonymous", "true");
    assertThat(deployed.container().tryToDeploy("/typo", deployed.write("typo", war)))
        .startsWith("failed");
    assertThat(deployed.container().log())
        .contains("Filter 'uploads' of WAR '/typo' grants no uploads. Setting 'alow-anonymous'")
        .contains("Did you mean 'allow-anonymous'?");
    assertThat(wire.get("/typo" + ROUTE).status()).isIn(404, 503);
  }

  @Test
  void failingClassIsLogged() throws Exception {
    WebArchive war = Deployed.withBucket(kind).filter("uploads", "authorizer", "shop.Missing");
    assertThat(deployed.container().tryToDeploy("/missing", deployed.write("missing", war)))
        .startsWith("failed");
    assertThat(deployed.container().log())
        .contains("Setting 'authorizer': There is no class 'shop.Missing'");
  }

  @Test
  void declaredFilterEndsWithItsApplication() throws Exception {
    WebArchive war =
        Deployed.withBucket(kind)
            .contextParameters("oss.post.allow-anonymous", "true")
            .filter("uploads", "path-prefix", "/declared");
    deployed.container().deploy("/declared", deployed.write("declared", war));
    granted(wire.get("/declared/declared" + ROUTE + "?format=form"));
    assertThat(wire.get("/declared" + ROUTE).status()).isEqualTo(404);
    deployed.container().undeploy("/declared");
    assertThat(wire.get("/declared/declared" + ROUTE).status()).isIn(404, 503);
  }

  @Test
  void registeredFilterIsLoggedWithItsPaths() {
    assertThat(deployed.container().log())
        .contains(
            "Filter 'io.osspost.servlet.OssPostInitializer' of WAR '/zero' grants uploads to bucket"
                + " examplebucket at /zero/get_post_signature_for_oss_upload, mapped to /* ("
                + kind.namespace().servletPackage()
                + ").")
        .contains(
            "Servlet 'io.osspost.servlet.OssPostServlet' of WAR '/served' grants uploads to bucket "
                + Deployed.OSS.bucket()
                + " at /served/api/get_post_signature_for_oss_upload, mapped to /api/* (");
  }

  @Test
  void moduleIsServedBelowThePrefixOfItsMapping() throws Exception {
    Wire.Answer script = wire.get("/served/api/oss-post/oss-post.js");
    assertThat(script.status()).isEqualTo(200);
    assertThat(script.header("Content-Type").orElse("")).startsWith("text/javascript");
    assertThat(script.header("Cache-Control")).contains("no-cache");
    String etag = script.header("ETag").orElseThrow();
    Wire.Answer again = wire.get("/served/api/oss-post/oss-post.js", "If-None-Match: " + etag);
    assertThat(again.status()).isEqualTo(304);
    assertThat(wire.get("/served/api/oss-post/grants.js").status()).isEqualTo(200);
    assertThat(wire.get("/served/api/oss-post/other.js").status()).isEqualTo(404);
  }

  @Test
  void misspeltSettingIsWarnedOf() throws Exception {
    WebArchive war =
        new WebArchive(kind.namespace()).contextParameters("oss.post.buket", "examplebucket");
    deployed.container().deploy("/misspelt", deployed.write("misspelt", war));
    assertThat(deployed.container().log())
        .contains("WAR '/misspelt' gets no upload filter automatically")
        .contains("oss.post.buket");
    deployed.container().undeploy("/misspelt");
  }

  @Test
  void mappingWithoutItsPrefixIsWarnedOf() throws Exception {
    WebArchive war =
        Deployed.withBucket(kind)
            .filterOf("io.osspost.servlet.OssPostFilter", "narrow", "/api/*")
            .filterOf("io.osspost.servlet.OssPostFilter", "right", "/v2/*", "path-prefix", "/v2");
    deployed.container().deploy("/narrow", deployed.write("narrow", war));
    assertThat(deployed.container().log())
        .contains(
            "Filter 'narrow' of WAR '/narrow' receives no request. It is mapped to /api/*, but its"
                + " paths begin like /get_post_signature_for_oss_upload. Map it to /*, or set"
                + " path-prefix to /api.")
        .doesNotContain("Filter 'right' of WAR '/narrow' receives no request");
    deployed.container().undeploy("/narrow");
  }

  @Test
  void secondFilterOnTheSamePathsIsWarnedOf() throws Exception {
    WebArchive war = Deployed.withBucket(kind).filter("first").filter("second");
    deployed.container().deploy("/twice", deployed.write("twice", war));
    assertThat(deployed.container().log())
        .containsPattern(
            "Filter '(first|second)' of WAR '/twice' has the same paths as Filter"
                + " '(first|second)' of WAR '/twice', and only the first of them responds");
    assertThat(deployed.container().log())
        .doesNotContainPattern("of WAR '/shop' has the same paths");
    deployed.container().undeploy("/twice");
  }

  @Test
  void firstRefusalOfAnAnonymousCallerIsLogged() throws Exception {
    WebArchive war = Deployed.withBucket(kind).filter("closed");
    deployed.container().deploy("/closed", deployed.write("closed", war));
    assertRefused(wire.get("/closed" + ROUTE), 401, "not-authenticated");
    assertRefused(wire.get("/closed" + ROUTE), 401, "not-authenticated");
    assertThat(deployed.container().log())
        .containsOnlyOnce("Filter 'closed' of WAR '/closed' refused a caller with 401");
    deployed.container().undeploy("/closed");
  }

  private static String as(String name) {
    String pair = Base64.getEncoder().encodeToString((name + ":" + name + "'s").getBytes(UTF_8));
    return "Authorization: Basic " + pair;
  }
}
