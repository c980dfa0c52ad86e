package io.osspost.web;

import static io.osspost.web.EndpointFixture.assertProblem;
import static io.osspost.web.EndpointFixture.endpoints;
import static io.osspost.web.EndpointFixture.grants;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.callback.UploadCallbacks;
import io.osspost.credentials.OssCredentials;
import io.osspost.ticket.UploadTickets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The route of OSS's callbacks. */
class CallbackEndpointTest {
  private final UploadEndpoints endpoints =
      endpoints(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken"));

  @Test
  void callbacksHaveNoRouteWithoutAReceiver() {
    assertThat(endpoints.handle(new FakeRequest("POST", "/oss_upload_callback"))).isEmpty();
  }

  @Test
  void aCallbackNeedsNeitherLoginNorOriginButTheSignatureOfOss() {
    List<CallbackEvent> events = new ArrayList<>();
    UploadEndpoints called =
        UploadEndpoints.builder(
                grants(() -> OssCredentials.temporary("STS.id", "secret", "CAIStoken")))
            .callbacks(
                UploadCallbacks.builder(
                        UploadTickets.withRandomSecret(),
                        uploaded -> {
                          throw new AssertionError("no upload was expected");
                        })
                    .build())
            .onCallback(events::add)
            .build();
    assertThat(called.paths()).contains("/oss_upload_callback");
    assertThat(called.callbackPath()).contains("/oss_upload_callback");
    assertThat(endpoints.callbackPath()).isEmpty();
    FakeRequest forged =
        new FakeRequest("POST", "/oss_upload_callback")
            .header("Sec-Fetch-Site", "cross-site")
            .body("{\"bucket\":\"examplebucket\"}");
    WebResponse answer = forged.answeredBy(called);
    assertProblem(answer, 403, "signature-missing");
    assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
    assertThat(events).containsExactly(new CallbackEvent("signature-missing", Optional.empty()));
    assertProblem(
        new FakeRequest("GET", "/oss_upload_callback").answeredBy(called),
        405,
        "method-not-allowed");
  }

  @Test
  void interruptedAndFailingCallbacksAreProblems() {
    UploadEndpoints called =
        UploadEndpoints.builder(grants(() -> OssCredentials.of("id", "secret")))
            .callbacks(
                UploadCallbacks.builder(UploadTickets.withRandomSecret(), uploaded -> {}).build())
            .build();
    FakeRequest broken =
        new FakeRequest("POST", "/oss_upload_callback") {
          @Override
          public byte[] body() {
            throw new UncheckedIOException(new IOException("no more bytes"));
          }
        };
    assertProblem(broken.answeredBy(called), 403, "body-malformed");
    FakeRequest odd =
        new FakeRequest("POST", "/oss_upload_callback") {
          @Override
          public Optional<String> header(String name) {
            throw new IllegalStateException("no headers today");
          }
        };
    WebResponse answer = odd.answeredBy(called);
    assertProblem(answer, 500, "server-error");
    assertThat(new String(answer.body(), UTF_8)).doesNotContain("no headers today");
  }
}
