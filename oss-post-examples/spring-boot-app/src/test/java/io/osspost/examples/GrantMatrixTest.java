package io.osspost.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.GrantKind;
import io.osspost.PostFormat;
import io.osspost.PutFormat;
import io.osspost.UploadGrants;
import io.osspost.callback.CallbackRequest;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.rules.EmulatorRule;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.KeyNaming;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.PresignedUrl;
import io.osspost.sign.SignatureVersion;
import io.osspost.sign.UrlSigner;
import io.osspost.testsupport.FormPost;
import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebRequest;
import io.osspost.web.WebResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests every kind of grant under every kind of profile. An offered grant is uploaded as the
 * page of that format would, and the emulator stores it. All others are refused with the documented
 * code.
 */
class GrantMatrixTest {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};
  private static final Instant NOW = Instant.parse("2030-05-17T23:59:58Z");
  private static final Instant END = NOW.plus(Duration.ofHours(1));
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final OssCredentials LONG_TERM =
      OssCredentials.of("LTAIlongterm", "longtermsecret");
  private static final OssCredentials TEMPORARY =
      OssCredentials.temporary("STS.temporary", "temporarysecret", "CAIS+/=", END);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final List<Set<GrantKind>> CHOICES =
      List.of(
          Set.of(GrantKind.POST),
          Set.of(GrantKind.PUT),
          Set.of(GrantKind.TOKEN),
          Set.of(GrantKind.POST, GrantKind.PUT, GrantKind.TOKEN));

  private static OssEmulator oss;

  /**
   * A profile, and the facts about it that determine an answer.
   *
   * @param sends whether it sets fields that only a page with the answer's fields can send
   */
  record Sample(UploadProfile profile, boolean sends, boolean needsFilename) {
    @Override
    public String toString() {
      return profile.name();
    }
  }

  /** One request, and the expected answer: 200, or a refusal's code. */
  record Cell(GrantKind kind, String format, boolean named, OssCredentials signer) {}

  @BeforeAll
  static void start() {
    oss = emulator().start();
  }

  @AfterAll
  static void stop() {
    oss.close();
  }

  private static OssEmulator.Builder emulator() {
    return OssEmulator.builder()
        .accessKey("LTAIlongterm", "longtermsecret")
        .temporaryKey("STS.temporary", "temporarysecret", "CAIS+/=", END)
        .clock(CLOCK);
  }

  static Stream<Sample> profiles() {
    return Stream.of(
        new Sample(UploadProfile.builder("default").build(), false, false),
        new Sample(
            UploadProfile.builder("pictures").contentTypes(List.of("image/*")).build(),
            false,
            false),
        new Sample(
            UploadProfile.builder("inbox")
                .dir("inbox/{date}/{principal}")
                .forbidOverwrite(false)
                .naming(KeyNaming.asNamed())
                .build(),
            false,
            false),
        new Sample(
            UploadProfile.builder("archive")
                .acl("private")
                .storageClass("IA")
                .disposition("attachment")
                .metadata(Map.of("source", "matrix"))
                .naming(KeyNaming.dateUuid())
                .build(),
            true,
            false),
        new Sample(UploadProfile.builder("named").requireFilename(true).build(), false, true),
        new Sample(UploadProfile.builder("root").wholeBucket().build(), false, false),
        new Sample(
            UploadProfile.builder("documented").documentedFieldsOnly(true).build(), false, false));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void whatIsOfferedIsStoredAndAllElseIsRefused(Sample sample) throws Exception {
    int granted = 0;
    for (Set<GrantKind> kinds : CHOICES) {
      if ((sample.needsFilename || sample.sends) && kinds.contains(GrantKind.TOKEN)) {
        continue; // This makes startup fail; see UploadGrantsTest.
      }
      for (Cell cell : cells()) {
        UploadEndpoints endpoints = endpoints(oss, sample, kinds, cell.signer);
        WebResponse answer = ask(endpoints, sample, cell);
        String due = due(sample, kinds, cell);
        assertThat(outcome(answer)).as("%s gives %s, %s", sample, kinds, cell).isEqualTo(due);
        if (due.equals("200")) {
          granted++;
          uploadAsThePageWould(answer, cell);
        }
      }
    }
    assertThat(granted).isGreaterThan(10);
  }

  @Test
  void documentedFieldsWorkUnderTheStrictestRule() throws Exception {
    Sample documented = profiles().filter(s -> s.toString().equals("documented")).findFirst().get();
    Sample all = profiles().findFirst().orElseThrow();
    Cell cell = new Cell(GrantKind.POST, "form", true, LONG_TERM);
    try (OssEmulator strict = emulator().rule(EmulatorRule.CONDITION_TARGETS_OTHERS_FAIL).start()) {
      JsonNode grant =
          json(
              ask(
                  endpoints(strict, documented, Set.of(GrantKind.POST), LONG_TERM),
                  documented,
                  cell));
      assertThat(post(grant.get("url").asText(), fields(grant))).isEqualTo(200);
      assertThat(strict.object(grant.get("key").asText())).isPresent();
      JsonNode pinned =
          json(ask(endpoints(strict, all, Set.of(GrantKind.POST), LONG_TERM), all, cell));
      assertThat(post(pinned.get("url").asText(), fields(pinned))).isEqualTo(403);
    }
  }

  private static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (OssCredentials signer : List.of(LONG_TERM, TEMPORARY)) {
      for (boolean named : new boolean[] {true, false}) {
        for (String format : List.of("form", "v4", "v1", "legacy", "text", "")) {
          cells.add(new Cell(GrantKind.POST, format, named, signer));
          cells.add(new Cell(GrantKind.PUT, format, named, signer));
          cells.add(new Cell(GrantKind.TOKEN, format, named, signer));
        }
      }
    }
    return cells;
  }

  /** Repeats the rules of the documents. */
  private static String due(Sample sample, Set<GrantKind> kinds, Cell cell) {
    if (!kinds.contains(cell.kind)) {
      return "403 grant-not-offered";
    }
    return switch (cell.kind) {
      case MULTIPART -> throw partsAreNotInTheMatrix();
      case TOKEN -> cell.named || !cell.format.isEmpty() ? "400 bad-parameter" : "200";
      case PUT -> {
        if (!List.of("form", "text", "").contains(cell.format)) {
          yield "400 bad-parameter";
        }
        if (sample.sends && cell.format.equals("text")) {
          yield "403 grant-not-offered";
        }
        yield cell.named ? "200" : "400 bad-parameter";
      }
      case POST -> {
        String format = cell.format.isEmpty() ? sample.sends ? "form" : "v4" : cell.format;
        if (format.equals("text")) {
          yield "400 bad-parameter";
        }
        if (sample.sends && !format.equals("form")) {
          yield "403 grant-not-offered";
        }
        if (sample.needsFilename && !cell.named) {
          yield "400 bad-parameter";
        }
        boolean fits =
            switch (format) {
              case "v4" -> cell.signer == TEMPORARY;
              case "v1", "legacy" -> cell.signer == LONG_TERM;
              default -> true;
            };
        yield fits ? "200" : "503 credentials-do-not-fit-page";
      }
    };
  }

  /** Uploads in parts have other requests, and neither formats nor unnamed files. */
  private static AssertionError partsAreNotInTheMatrix() {
    return new AssertionError("MultipartEndpointTest has the cases of uploads in parts");
  }

  private static UploadEndpoints endpoints(
      OssEmulator oss, Sample sample, Set<GrantKind> kinds, OssCredentials signer) {
    List<PostFormat> shapes =
        sample.sends
            ? List.of(PostFormat.FORM)
            : List.of(PostFormat.V4, PostFormat.FORM, PostFormat.V1, PostFormat.LEGACY);
    List<PutFormat> putFormats =
        sample.sends ? List.of(PutFormat.FORM) : List.of(PutFormat.TEXT, PutFormat.FORM);
    return UploadEndpoints.builder(
            UploadGrants.builder(OssBucket.of(oss.bucket(), oss.region()).at(oss.endpoint()))
                .credentials(OssCredentialsProvider.of(signer))
                .tokens(scope -> TEMPORARY)
                .clock(CLOCK)
                .profile(sample.profile, kinds, shapes, putFormats)
                .build())
        .build();
  }

  private static WebResponse ask(UploadEndpoints endpoints, Sample sample, Cell cell) {
    String path =
        switch (cell.kind) {
          case POST -> "/get_post_signature_for_oss_upload";
          case PUT -> "/get_presigned_url_for_oss_upload";
          case TOKEN -> "/get_sts_token_for_oss_upload";
          case MULTIPART -> throw partsAreNotInTheMatrix();
        };
    String query = "profile=" + sample;
    query += cell.format.isEmpty() ? "" : "&format=" + cell.format;
    query += cell.named ? "&filename=a.png&size=" + PNG.length + "&type=image/png" : "";
    return endpoints.handle(new Get(path, query)).orElseThrow();
  }

  private static String outcome(WebResponse answer) throws IOException {
    return answer.status() == 200
        ? "200"
        : answer.status() + " " + json(answer).get("code").asText();
  }

  private static void uploadAsThePageWould(WebResponse answer, Cell cell) throws Exception {
    switch (cell.kind) {
      case POST -> postAsThePageWould(json(answer), cell);
      case PUT -> putAsThePageWould(answer);
      case TOKEN -> putWithTheToken(json(answer));
      case MULTIPART -> throw partsAreNotInTheMatrix();
    }
  }

  /** Sends the fields of that format's page, in its order. */
  private static void postAsThePageWould(JsonNode grant, Cell cell) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    String url;
    if (grant.has("fields")) {
      url = grant.get("url").asText();
      fields.putAll(fields(grant));
      if (!cell.named) {
        fields.put("key", grant.get("limits").get("keyPrefix").asText() + "photo.png");
        fields.put("Content-Type", "image/png");
        fields.put("x-oss-content-type", "image/png");
      }
    } else {
      url = grant.get("host").asText();
      String key = grant.get("dir").asText() + "photo.png";
      fields.put("success_action_status", "200");
      fields.put("policy", grant.get("policy").asText());
      if (grant.has("x_oss_credential")) {
        fields.put("x-oss-signature", grant.get("signature").asText());
        fields.put("x-oss-signature-version", "OSS4-HMAC-SHA256");
        fields.put("x-oss-credential", grant.get("x_oss_credential").asText());
        fields.put("x-oss-date", grant.get("x_oss_date").asText());
        fields.put("x-oss-security-token", grant.get("security_token").asText());
      } else {
        String id = grant.has("accessid") ? "accessid" : "ossAccessKeyId";
        fields.put("OSSAccessKeyId", grant.get(id).asText());
        fields.put("signature", grant.get("signature").asText());
      }
      fields.put("key", grant.has("key") ? grant.get("key").asText() : key);
    }
    assertThat(post(url, fields)).isEqualTo(200);
    assertStored(fields.get("key"));
  }

  private static void putAsThePageWould(WebResponse answer) throws Exception {
    if (answer.headers().get("Content-Type").equals("application/json")) {
      JsonNode grant = json(answer);
      HttpRequest.Builder put = HttpRequest.newBuilder(URI.create(grant.get("url").asText()));
      grant.get("headers").properties().forEach(h -> put.header(h.getKey(), h.getValue().asText()));
      send(put);
      assertStored(grant.get("key").asText());
    } else {
      URI url = URI.create(new String(answer.body(), UTF_8));
      send(HttpRequest.newBuilder(url).header("Content-Type", "image/png"));
      assertStored(URI.create(answer.headers().get("X-Oss-Post-Key")).getPath());
    }
  }

  private static void putWithTheToken(JsonNode grant) throws Exception {
    OssCredentials vended =
        OssCredentials.temporary(
            grant.get("AccessKeyId").asText(),
            grant.get("AccessKeySecret").asText(),
            grant.get("SecurityToken").asText(),
            Instant.parse(grant.get("Expiration").asText()));
    OssBucket bucket =
        new OssBucket(
            grant.get("Bucket").asText(),
            grant.get("Region").asText(),
            URI.create(grant.get("Url").asText()));
    ObjectKey key = new ObjectKey(grant.get("Dir").asText() + "by-token.png");
    PresignedUrl url =
        UrlSigner.of(bucket, SignatureVersion.V4)
            .sign(
                ObjectRequest.put(key).contentType("image/png"),
                vended,
                NOW,
                Duration.ofMinutes(1));
    send(HttpRequest.newBuilder(url.url()).header("Content-Type", "image/png"));
    assertStored(key.value());
  }

  private static void send(HttpRequest.Builder put) throws Exception {
    assertThat(
            HTTP.send(put.PUT(BodyPublishers.ofByteArray(PNG)).build(), BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(200);
  }

  private static int post(String url, Map<String, String> fields) throws Exception {
    return FormPost.send(URI.create(url), fields, "photo.png", "image/png", PNG).statusCode();
  }

  private static Map<String, String> fields(JsonNode grant) {
    Map<String, String> fields = new LinkedHashMap<>();
    grant.get("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
    return fields;
  }

  private static void assertStored(String key) {
    assertThat(oss.object(key))
        .hasValueSatisfying(
            stored -> {
              assertThat(stored.size()).isEqualTo(PNG.length);
              assertThat(stored.contentType()).isEqualTo("image/png");
            });
  }

  private static JsonNode json(WebResponse answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }

  /** A request of a caller named alice. */
  private record Get(String path, String query) implements WebRequest {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String rawPath() {
      return path;
    }

    @Override
    public Optional<String> rawQuery() {
      return Optional.of(query);
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public byte[] body() {
      return new byte[CallbackRequest.MAX_BODY_BYTES];
    }

    @Override
    public Map<String, List<String>> parameters() {
      return Map.of();
    }

    @Override
    public Optional<String> principal() {
      return Optional.of("alice");
    }

    @Override
    public boolean isInRole(String role) {
      return false;
    }
  }
}
