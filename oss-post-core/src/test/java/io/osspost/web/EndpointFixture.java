package io.osspost.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.GrantKind;
import io.osspost.PostFormat;
import io.osspost.PutFormat;
import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.profile.UploadProfile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Endpoints, and assertions about their answers. */
final class EndpointFixture {
  private EndpointFixture() {}

  static UploadEndpoints endpoints(OssCredentialsProvider credentials) {
    return UploadEndpoints.builder(grants(credentials))
        .allowedOrigins(List.of("https://www.example.com"))
        .build();
  }

  static UploadGrants grants(OssCredentialsProvider credentials) {
    return UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
        .credentials(credentials)
        .profile(
            UploadProfile.builder("default").build(),
            Set.of(GrantKind.POST),
            List.of(PostFormat.V4, PostFormat.FORM))
        .profile(UploadProfile.builder("images").build())
        .profile(UploadProfile.builder("reports").roles(Set.of("editor", "admin")).build())
        .profile(UploadProfile.builder("named").requireFilename(true).build())
        .tokens(
            scope ->
                OssCredentials.temporary(
                    "STS.vended", "secret", "CAISvended", Instant.now().plusSeconds(900)))
        .profile(
            UploadProfile.builder("puts").build(),
            Set.of(GrantKind.PUT),
            List.of(PostFormat.FORM),
            List.of(PutFormat.TEXT))
        .profile(
            UploadProfile.builder("png-puts").contentTypes(List.of("image/png")).build(),
            Set.of(GrantKind.PUT),
            List.of(PostFormat.FORM),
            List.of(PutFormat.TEXT))
        .profile(UploadProfile.builder("tokens").build(), Set.of(GrantKind.TOKEN))
        .profile(
            UploadProfile.builder("private-puts").acl("private").metadata(Map.of("a", "b")).build(),
            Set.of(GrantKind.PUT))
        .build();
  }

  static void assertProblem(WebResponse answer, int status, String code) {
    JsonNode problem = json(answer);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("code").asText()).isEqualTo(code);
    assertThat(problem.get("title").asText()).isNotBlank();
    assertThat(problem.get("detail").asText()).endsWith(".");
    assertThat(problem.get("fix").asText()).endsWith(".");
  }

  static JsonNode json(WebResponse answer) {
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
