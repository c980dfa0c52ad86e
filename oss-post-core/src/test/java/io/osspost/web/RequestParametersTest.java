package io.osspost.web;

import static io.osspost.web.EndpointFixture.assertProblem;
import static io.osspost.web.EndpointFixture.endpoints;
import static io.osspost.web.EndpointFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.credentials.OssCredentials;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sent parameter is found, or the request is refused. */
class RequestParametersTest {
  private static final String PATH = "/get_post_signature_for_oss_upload";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final UploadEndpoints endpoints =
      endpoints(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken"));

  @Test
  void parameterOfTheContainerAloneIsRead() {
    WebResponse answer =
        get().query("format=form").parameter("filename", "a.png").answeredBy(endpoints);
    assertThat(json(answer).get("key").asText()).endsWith(".png");
  }

  @Test
  void queryTakesPrecedenceOverTheContainersParameters() {
    WebResponse answer =
        get()
            .query("format=form&filename=%E4%BD%A0.png")
            .parameter("filename", "\u00e4\u00bd\u00a0.pdf")
            .answeredBy(endpoints);
    assertThat(json(answer).get("key").asText()).endsWith(".png");
  }

  @Test
  void queryCountsIfTheContainerCannotReadIt() {
    FakeRequest strict =
        new FakeRequest("GET", PATH) {
          @Override
          public Map<String, List<String>> parameters() {
            throw new IllegalStateException("bad escape");
          }
        };
    WebResponse answer =
        strict.principal("alice").query("format=form&filename=50%.png").answeredBy(endpoints);
    assertThat(json(answer).get("key").asText()).endsWith(".png");
  }

  @ParameterizedTest
  @CsvSource({"Content-Length,24", "Transfer-Encoding,chunked", "X-Http2,none"})
  void formThatAFilterHasReadIsRefused(String header, String value) {
    FakeRequest post = post().header("Content-Type", FORM).header(header, value);
    assertProblem(post.answeredBy(endpoints), 400, "bad-parameter");
    assertProblem(
        post.query("profile=images").parameter("profile", "images").answeredBy(endpoints),
        400,
        "bad-parameter");
    assertThat(post.parameter("filename", "a.png").answeredBy(endpoints).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"Content-Length,24", "Transfer-Encoding,chunked"})
  void bodyWithoutATypeIsRefused(String header, String value) {
    assertProblem(
        post().header(header, value).answeredBy(endpoints), 415, "unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencodedx",
        "text/plain",
        "application/x-www-form-urlencoded, text/plain",
        "bad"
      })
  void bodyOfAnotherTypeIsRefused(String type) {
    assertProblem(
        post().header("Content-Type", type).parameter("filename", "a.png").answeredBy(endpoints),
        415,
        "unsupported-media-type");
  }

  @Test
  void postReadsTheQueryThatTheContainerOmits() {
    WebResponse answer = post().query("format=form&filename=a.png").answeredBy(endpoints);
    assertThat(json(answer).get("key").asText()).endsWith(".png");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fileName",
        "FILENAME",
        "file_name",
        "file-name",
        "filename[]",
        "Filename",
        "SIZE",
        "Type",
        "re-try",
        "Profile",
        "file%20name",
        "+filename",
        "filename%00"
      })
  void misspeltParameterIsRefused(String name) {
    WebResponse answer = get().query("format=form&" + name + "=5").answeredBy(endpoints);
    assertProblem(answer, 400, "bad-parameter");
    assertThat(json(answer).get("fix").asText()).startsWith("Write '");
  }

  @Test
  void unknownParametersAreIgnored() {
    assertThat(get().query("format=form&_=17&utm=x&&=&a").answeredBy(endpoints).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"size=5", "type=image/png", "retry=x"})
  void parametersOfAFileWithoutANameAreRefused(String query) {
    assertProblem(get().query(query).answeredBy(endpoints), 400, "bad-parameter");
  }

  @ParameterizedTest
  @CsvSource({"filename,1024", "type,255", "retry,2048", "profile,63", "format,16", "size,15"})
  void everyParameterHasALimit(String name, int limit) {
    WebResponse answer =
        get().query("filename=a&" + name + "=" + "1".repeat(limit + 1)).answeredBy(endpoints);
    assertProblem(answer, 400, "bad-parameter");
  }

  /** A name of 160,000 dots once needed 32 seconds. */
  @ParameterizedTest
  @ValueSource(strings = {"filename", "type", "retry", "profile", "format", "size", "x"})
  void longValuesCostLittle(String name) {
    for (String unit : List.of(".", "%20", "%CC%81%CC%A3", ";", "a", "%", "=", "&")) {
      IntFunction<FakeRequest> request =
          length ->
              get()
                  .query(
                      "filename=a.png&"
                          + name
                          + "=a"
                          + unit.repeat(length / unit.length())
                          + "b.png");
      request.apply(1 << 16).answeredBy(endpoints);
      long small = cpu(request.apply(1 << 20));
      long large = cpu(request.apply(1 << 21));
      assertThat(large).as(name + " of " + unit).isLessThan(1_500_000_000L);
      assertThat(large).as(name + " of " + unit).isLessThan(50_000_000L + small * 5 / 2);
    }
  }

  private long cpu(FakeRequest request) {
    long[] spent = new long[5];
    for (int i = 0; i < spent.length; i++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      request.answeredBy(endpoints);
      spent[i] = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }
    Arrays.sort(spent);
    return spent[2];
  }

  private static FakeRequest get() {
    return new FakeRequest("GET", PATH).principal("alice");
  }

  private static FakeRequest post() {
    return new FakeRequest("POST", PATH).principal("alice");
  }
}
