package io.osspost.web;

import static io.osspost.web.EndpointFixture.assertProblem;
import static io.osspost.web.EndpointFixture.endpoints;
import static io.osspost.web.EndpointFixture.grants;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.credentials.OssCredentials;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that may request grants, and their CORS headers. */
class OriginRulesTest {
  private static final String PATH = "/get_post_signature_for_oss_upload";

  private final UploadEndpoints endpoints =
      endpoints(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken"));

  @Test
  void pagesOfOtherSitesAreRefusedBeforeAnythingElse() {
    assertProblem(
        get().header("Sec-Fetch-Site", "cross-site").answeredBy(endpoints), 403, "foreign-origin");
    assertProblem(
        get().header("Sec-Fetch-Site", "same-site").answeredBy(endpoints), 403, "foreign-origin");
    assertProblem(
        get()
            .header("Host", "app.example:8443")
            .header("Origin", "https://evil.example")
            .answeredBy(endpoints),
        403,
        "foreign-origin");
    assertProblem(get().header("Origin", "null").answeredBy(endpoints), 403, "foreign-origin");
  }

  @Test
  void pagesOfTheSameSitePassWithAnyHeaders() {
    FakeRequest own = get().principal("alice").header("Host", "app.example:8443");
    assertThat(own.answeredBy(endpoints).status()).isEqualTo(200);
    own.header("Origin", "https://app.example:8443");
    assertThat(own.answeredBy(endpoints).status()).isEqualTo(200);
    own.header("Sec-Fetch-Site", "same-origin");
    assertThat(own.answeredBy(endpoints).status()).isEqualTo(200);
    assertThat(own.answeredBy(endpoints).headers())
        .doesNotContainKey("Access-Control-Allow-Origin");
  }

  /** On plain HTTP an image or a frame of another site sends only this header. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example/page",
        "http://app.example:8443.evil.example/",
        "http://app.example:8443@evil.example/",
        "http://evil.example#app.example:8443/",
        "http://evil.example?http://app.example:8443/",
        "http://evil.example\\@app.example:8443/",
        "//app.example:8443/",
        "about:blank"
      })
  void refererOfAnotherSiteIsRefused(String referer) {
    FakeRequest image = get().principal("alice").header("Host", "app.example:8443");
    assertProblem(image.header("Referer", referer).answeredBy(endpoints), 403, "foreign-origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://app.example:8443/page?x#y",
        "https://APP.example:8443",
        "https://www.example.com/list"
      })
  void refererOfAnOwnOrListedPagePasses(String referer) {
    FakeRequest page = get().principal("alice").header("Host", "app.example:8443");
    assertThat(page.header("Referer", referer).answeredBy(endpoints).status()).isEqualTo(200);
  }

  @Test
  void listedOriginsPassAndMayReadTheAnswer() {
    FakeRequest listed =
        get()
            .principal("alice")
            .header("Sec-Fetch-Site", "cross-site")
            .header("Origin", "https://www.example.com");
    WebResponse answer = listed.answeredBy(endpoints);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("Access-Control-Allow-Origin", "https://www.example.com")
        .containsEntry("Access-Control-Allow-Credentials", "true");
    WebResponse preflight =
        request("OPTIONS")
            .header("Sec-Fetch-Site", "cross-site")
            .header("Origin", "https://www.example.com")
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "x-csrf-token")
            .answeredBy(endpoints);
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.headers())
        .containsEntry("Access-Control-Allow-Methods", "GET, POST")
        .containsEntry("Access-Control-Allow-Headers", "x-csrf-token");
  }

  @ParameterizedTest
  @CsvSource({
    "https://pages.example:443, https://pages.example",
    "http://pages.example:80, http://pages.example",
    "https://pages.example:80, https://pages.example:80"
  })
  void aListedOriginIsTheOneBrowsersWrite(String listed, String sent) {
    UploadEndpoints listing =
        UploadEndpoints.builder(
                grants(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken")))
            .allowedOrigins(List.of(listed))
            .build();
    assertThat(get().principal("alice").header("Origin", sent).answeredBy(listing).headers())
        .containsEntry("Access-Control-Allow-Origin", sent);
  }

  @Test
  void hostThatTheFrameworkResolvedIsThisSiteToo() {
    FakeRequest behindProxy =
        new FakeRequest("POST", "/get_post_signature_for_oss_upload") {
          @Override
          public Optional<String> host() {
            return Optional.of("www.shop.example");
          }
        };
    behindProxy.header("Host", "10.0.0.7:8080").header("Origin", "http://www.shop.example");
    new OriginRules(List.of()).check(behindProxy);
    FakeRequest foreign =
        new FakeRequest("POST", "/get_post_signature_for_oss_upload")
            .header("Host", "10.0.0.7:8080")
            .header("Origin", "http://www.shop.example");
    assertThatThrownBy(() -> new OriginRules(List.of()).check(foreign))
        .hasMessageContaining("may not request uploads here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "www.example.com",
        "https://a.example/page",
        "https://a.*.example",
        "ftp://a.b",
        ""
      })
  void whatIsNoOriginIsRefused(String origin) {
    UploadEndpoints.Builder builder =
        UploadEndpoints.builder(
            grants(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.allowedOrigins(List.of(origin)))
        .withMessageContaining("'https://www.example.com'");
  }

  private static FakeRequest get() {
    return request("GET");
  }

  private static FakeRequest request(String method) {
    return new FakeRequest(method, PATH);
  }
}
