package io.osspost.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.PostFormat;
import io.osspost.PostGrant;
import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.testsupport.FormPost;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The emulator accepts exactly the uploads that core grants. The two implementations share no code.
 */
class GrantAgainstEmulatorTest {
  private static final Caller ALICE = Caller.named("alice");
  private static final byte[] CONTENT = "hello".getBytes(UTF_8);
  private static final PlannedUpload PLANNED =
      PlannedUpload.of("note.txt").size(CONTENT.length).type("text/plain");
  private static final Instant NOW = Instant.parse("2030-05-17T23:59:58Z");
  private static final Instant END = NOW.plus(Duration.ofHours(1));

  private static final OssCredentials LONG_TERM =
      OssCredentials.of("LTAIlongterm", "longtermsecret");
  private static final OssCredentials TEMPORARY =
      OssCredentials.temporary("STS.temporary", "temporarysecret", "CAIS+/=", END);

  private static OssEmulator oss;

  @BeforeAll
  static void start() {
    oss =
        OssEmulator.builder()
            .accessKey("LTAIlongterm", "longtermsecret")
            .temporaryKey("STS.temporary", "temporarysecret", "CAIS+/=", END)
            .clock(at(NOW))
            .start();
  }

  @AfterAll
  static void stop() {
    oss.close();
  }

  static Stream<OssCredentials> bothKindsOfCredentials() {
    return Stream.of(LONG_TERM, TEMPORARY);
  }

  @ParameterizedTest
  @MethodSource("bothKindsOfCredentials")
  void anExactGrantStoresThatFileUnderThatNameInEveryShape(OssCredentials credentials)
      throws Exception {
    List<PostFormat> shapes =
        credentials == TEMPORARY
            ? List.of(PostFormat.FORM, PostFormat.V4)
            : List.of(PostFormat.FORM, PostFormat.V1, PostFormat.LEGACY);
    for (PostFormat format : shapes) {
      PostGrant grant = grants(credentials).post("default", format, ALICE, PLANNED);
      assertThat(post(grant, grant.fields()).statusCode()).isEqualTo(200);
      assertThat(oss.object(grant.key().orElseThrow().value()))
          .hasValueSatisfying(
              stored -> {
                assertThat(stored.size()).isEqualTo(CONTENT.length);
                assertThat(stored.contentType()).isEqualTo("text/plain");
              });
    }
  }

  @ParameterizedTest
  @EnumSource(PostFormat.class)
  void prefixGrantStoresThePagesName(PostFormat format) throws Exception {
    PostGrant grant =
        grants(format == PostFormat.V4 ? TEMPORARY : LONG_TERM)
            .post("default", format, ALICE, PlannedUpload.unnamed());
    Map<String, String> fields = new LinkedHashMap<>(grant.fields());
    fields.put("key", grant.prefix() + "眼镜 & more.txt");
    if (format == PostFormat.FORM) {
      fields.put("Content-Type", "text/plain");
      fields.put("x-oss-content-type", "text/plain");
    }
    // The WeChat tutorial asks for no status, and OSS then answers with 204.
    int stored = format == PostFormat.WECHAT ? 204 : 200;
    assertThat(post(grant, fields).statusCode()).isEqualTo(stored);
    assertThat(oss.object(grant.prefix() + "眼镜 & more.txt")).isPresent();

    fields.put("key", "uploads/bob/note.txt");
    assertRefused(post(grant, fields), 403, "AccessDenied", "0006-00000227");
  }

  @ParameterizedTest
  @MethodSource("bothKindsOfCredentials")
  void inShapeFormNoFieldCanBeChangedDroppedOrEmptied(OssCredentials credentials) throws Exception {
    UploadGrants grants = grants(credentials);
    Set<String> names = grants.post("default", PostFormat.FORM, ALICE, PLANNED).fields().keySet();
    assertThat(names).hasSizeGreaterThanOrEqualTo(11);
    Set<String> accepted = new TreeSet<>();
    for (String name : names) {
      for (String change : List.of("changed", "dropped", "emptied")) {
        PostGrant grant = grants.post("default", PostFormat.FORM, ALICE, PLANNED);
        Map<String, String> fields = new LinkedHashMap<>(grant.fields());
        switch (change) {
          case "changed" -> fields.compute(name, (field, value) -> "x" + value);
          case "dropped" -> fields.remove(name);
          default -> fields.put(name, "");
        }
        if (post(grant, fields).statusCode() < 400) {
          accepted.add(name);
          assertThat(oss.object(grant.key().orElseThrow().value()).orElseThrow().contentType())
              .as(name + " " + change)
              .isEqualTo("text/plain");
        }
      }
    }
    // The emulator compares the stored type, and x-oss-content-type, which is pinned too,
    // determines it.
    assertThat(accepted).isSubsetOf("Content-Type");
  }

  @Test
  void storedFileMustMatchTheStatedOne() throws Exception {
    PostGrant grant = grants().post("default", PostFormat.FORM, ALICE, PLANNED);
    assertRefused(
        FormPost.send(grant.url(), grant.fields(), "a", "text/plain", new byte[6]),
        400,
        "EntityTooLarge",
        "0006-00000003");
    assertRefused(
        FormPost.send(grant.url(), grant.fields(), "a", "text/plain", new byte[4]),
        400,
        "EntityTooSmall",
        "0006-00000004");
  }

  @Test
  void aTypeThatIsNotListedIsRefusedThoughThePageChoosesIt() throws Exception {
    PostGrant grant =
        grants(TEMPORARY).post("default", PostFormat.V4, ALICE, PlannedUpload.unnamed());
    Map<String, String> fields = new LinkedHashMap<>(grant.fields());
    fields.put("key", grant.prefix() + "page.html");
    assertRefused(
        FormPost.send(grant.url(), fields, "page.html", "text/html", CONTENT),
        403,
        "AccessDenied",
        "0006-00000227");
    fields.put("x-oss-content-type", "text/html");
    assertRefused(
        FormPost.send(grant.url(), fields, "page.html", "text/plain", CONTENT),
        403,
        "AccessDenied",
        "0006-00000227");
  }

  @Test
  void anExactGrantIsGoodForOneObject() throws Exception {
    PostGrant grant = grants().post("default", PostFormat.FORM, ALICE, PLANNED);
    assertThat(post(grant, grant.fields()).statusCode()).isEqualTo(200);
    HttpResponse<String> again = post(grant, grant.fields());
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("<Code>FileAlreadyExists</Code>");
  }

  @Test
  void grantExpiresOnTime() throws Exception {
    PostGrant old =
        grants(LONG_TERM, NOW.minus(Duration.ofMinutes(10)))
            .post("default", PostFormat.FORM, ALICE, PLANNED);
    assertRefused(post(old, old.fields()), 403, "AccessDenied", "0006-00000213");
  }

  private static UploadGrants grants() {
    return grants(LONG_TERM);
  }

  private static UploadGrants grants(OssCredentials credentials) {
    return grants(credentials, NOW);
  }

  private static UploadGrants grants(OssCredentials credentials, Instant now) {
    return UploadGrants.builder(bucket())
        .credentials(OssCredentialsProvider.of(credentials))
        .profile(UploadProfile.builder("default").build())
        .clock(at(now))
        .build();
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }

  private static OssBucket bucket() {
    return OssBucket.of(oss.bucket(), oss.region()).at(oss.endpoint());
  }

  private static HttpResponse<String> post(PostGrant grant, Map<String, String> fields)
      throws Exception {
    return FormPost.send(grant.url(), fields, "note.txt", "text/plain", CONTENT);
  }

  private static void assertRefused(
      HttpResponse<String> answer, int status, String code, String ec) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("<Code>" + code + "</Code>", "<EC>" + ec + "</EC>");
  }
}
