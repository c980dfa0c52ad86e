package io.osspost.web;

import static io.osspost.web.EndpointFixture.assertProblem;
import static io.osspost.web.EndpointFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.settings.UploadSettings;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limits that a page reads before it requests a grant. */
class LimitsEndpointTest {
  private final UploadEndpoints endpoints =
      UploadSettings.read(
              Map.ofEntries(
                  Map.entry("bucket", "examplebucket"),
                  Map.entry("region", "cn-hangzhou"),
                  Map.entry("credentials.type", "static"),
                  Map.entry("credentials.access-key-id", "example"),
                  Map.entry("credentials.access-key-secret", "secret"),
                  Map.entry("profiles.photos.content-types", "image/png, image/jpeg"),
                  Map.entry("profiles.photos.max-size", "10MB"),
                  Map.entry("profiles.photos.validity", "5m"),
                  Map.entry("profiles.films.grants", "post, multipart"),
                  Map.entry("profiles.films.max-size", "100GB"),
                  Map.entry("profiles.films.min-size", "0"),
                  Map.entry("profiles.films.roles", "editor"),
                  Map.entry("profiles.films.content-types", "video/mp4")))
          .open();

  @AfterEach
  void close() {
    endpoints.close();
  }

  @Test
  void limitsOfAProfileForForms() throws Exception {
    assertThat(limits("photos"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"profile": "photos", "kinds": ["post"], "minSize": 1, "maxSize": 10485760,
                     "contentTypes": ["image/png", "image/jpeg"], "validity": 300}"""));
  }

  @Test
  void limitsOfAProfileForParts() throws Exception {
    assertThat(limits("films"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"profile": "films", "kinds": ["post", "multipart"], "minSize": 0,
                     "maxSize": 107374182400, "requestMaxSize": 5368709120,
                     "contentTypes": ["video/mp4"], "multipartFrom": 33554432, "validity": 600}"""));
  }

  @Test
  void limitsAreForCallersOfTheProfile() {
    assertProblem(request("films").answeredBy(endpoints), 401, "not-authenticated");
    assertProblem(request("films").principal("alice").answeredBy(endpoints), 403, "not-allowed");
    assertProblem(
        request("other").principal("alice").answeredBy(endpoints), 404, "unknown-profile");
  }

  private JsonNode limits(String profile) {
    WebResponse response = request(profile).principal("alice").role("editor").answeredBy(endpoints);
    assertThat(response.headers()).containsEntry("Cache-Control", "no-store");
    return json(response);
  }

  private static FakeRequest request(String profile) {
    return new FakeRequest("GET", "/get_upload_limits").parameter("profile", profile);
  }
}
