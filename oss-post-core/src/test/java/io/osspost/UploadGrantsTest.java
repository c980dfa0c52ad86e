package io.osspost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.callback.CallbackParameter;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.sign.PresignedUrl;
import io.osspost.sign.SignatureVersion;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UploadGrantsTest {
  private static final Instant NOW = Instant.parse("2024-11-27T23:59:59.987Z");
  private static final Caller ALICE = Caller.named("alice");
  private static final PlannedUpload PNG = PlannedUpload.of("a.png").size(1234).type("image/png");
  private static final OssCredentials TEMPORARY =
      OssCredentials.temporary("STS.id", "secret", "CAIS", Instant.parse("2024-11-28T01:00:00Z"));

  private final UploadGrants grants = grants(TEMPORARY);

  @Test
  void inShapeFormEveryFieldThatIsSentIsPinned() throws IOException {
    PostGrant grant = grants.post("default", FormShape.FORM, ALICE, PNG);
    List<String> pinned = new ArrayList<>();
    for (JsonNode condition : policyOf(grant).get("conditions")) {
      String field = condition.isObject() ? condition.fieldNames().next() : null;
      if (field != null) {
        assertThat(grant.fields().getOrDefault(field, "examplebucket"))
            .isEqualTo(condition.get(field).asText());
        pinned.add(field);
      } else if (condition.get(0).asText().equals("eq")) {
        String name = condition.get(1).asText().substring(1);
        Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sent.putAll(grant.fields());
        assertThat(sent).containsEntry(name, condition.get(2).asText());
        pinned.add(name);
      }
    }
    assertThat(grant.fields().keySet())
        .contains("policy")
        .allMatch(
            name ->
                pinned.contains(name.toLowerCase(Locale.ROOT))
                    || List.of("policy", "x-oss-signature").contains(name));
    assertThat(pinned)
        .contains("content-type", "x-oss-content-type", "x-oss-object-acl", "key")
        .contains("x-oss-forbid-overwrite", "success_action_status", "x-oss-security-token");
    assertThat(policyOf(grant).toString())
        .contains("[\"content-length-range\",1234,1234]")
        .containsOnlyOnce("content-length-range");
  }

  @Test
  void inShapeV4ThePolicyHasExactlyTheConditionsThatPageCanMeet() throws IOException {
    PostGrant grant = grants.post("images", FormShape.V4, ALICE, PlannedUpload.unnamed());
    assertThat(policyOf(grant).get("conditions").toString())
        .isEqualTo(
            ("[{'bucket':'examplebucket'},"
                    + "{'x-oss-signature-version':'OSS4-HMAC-SHA256'},"
                    + "{'x-oss-credential':'STS.id/20241127/cn-hangzhou/oss/aliyun_v4_request'},"
                    + "{'x-oss-date':'20241127T235959Z'},"
                    + "{'x-oss-security-token':'CAIS'},"
                    + "['eq','$success_action_status','200'],"
                    + "['in','$content-type',['image/png','image/x-png']],"
                    + "['content-length-range',1,10485760],"
                    + "['starts-with','$key','"
                    + grant.prefix()
                    + "']]")
                .replace('\'', '"'));
    JsonNode answer = json(grant);
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly(
            "version",
            "x_oss_signature_version",
            "x_oss_credential",
            "x_oss_date",
            "security_token",
            "host",
            "expire",
            "policy",
            "signature",
            "dir");
    assertThat(answer.get("host").asText())
        .isEqualTo("https://examplebucket.oss-cn-hangzhou.aliyuncs.com");
    assertThat(answer.get("expire").asLong()).isEqualTo(grant.expiresAt().getEpochSecond());
  }

  @Test
  void aTypeThatIsPinnedIsNotListedToo() throws IOException {
    assertThat(policyOf(grants.post("default", FormShape.FORM, ALICE, PNG)).toString())
        .contains("[\"eq\",\"$content-type\",\"image/png\"]")
        .contains("[\"eq\",\"$x-oss-content-type\",\"image/png\"]")
        .doesNotContain("\"in\"");
    PlannedUpload jpg = PlannedUpload.of("a.jpg").type("image/jpg");
    assertThat(policyOf(grants.post("default", FormShape.V4, ALICE, jpg)).toString())
        .contains("[\"eq\",\"$content-type\",\"image/jpg\"]")
        .doesNotContain("\"in\"");
  }

  @ParameterizedTest
  @CsvSource({
    "V1,'ossAccessKeyId,host,expire,policy,signature,dir'",
    "LEGACY,'accessid,host,expire,policy,signature,dir'"
  })
  void olderPagesGetTheMembersAndConditionsTheyWereWrittenFor(FormShape shape, String members)
      throws IOException {
    UploadGrants longTerm = grants(OssCredentials.of("LTAIid", "secret"));
    PostGrant grant = longTerm.post("images", shape, ALICE, PlannedUpload.unnamed());
    assertThat(json(grant).fieldNames()).toIterable().containsExactly(members.split(",", -1));
    assertThat(policyOf(grant).get("conditions").toString())
        .isEqualTo(
            ("[{'bucket':'examplebucket'},"
                    + "['eq','$success_action_status','200'],"
                    + "['in','$content-type',['image/png','image/x-png']],"
                    + "['content-length-range',1,10485760],"
                    + "['starts-with','$key','"
                    + grant.prefix()
                    + "']]")
                .replace('\'', '"'));
    assertThat(grant.fields().keySet())
        .containsExactly("success_action_status", "policy", "OSSAccessKeyId", "Signature");
  }

  @Test
  void whatAProfileSetsIsSentAndPinned() throws IOException {
    UploadProfile archive =
        UploadProfile.named("archive")
            .acl("private")
            .storageClass("IA")
            .disposition("attachment")
            .metadata(Map.of("Source", "mobile €"))
            .successStatus(201)
            .successRedirect(URI.create("https://example.com/done"))
            .bucket(OssBucket.of("archivebucket", "us-west-1"))
            .forbidOverwrite(false)
            .build();
    UploadGrants own =
        UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(TEMPORARY))
            .profile(archive)
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();
    PostGrant grant = own.post("archive", FormShape.FORM, ALICE, PNG);
    Map<String, String> set =
        Map.of(
            "x-oss-object-acl", "private",
            "x-oss-storage-class", "IA",
            "Content-Disposition", "attachment",
            "x-oss-meta-source", "mobile €",
            "success_action_status", "201",
            "success_action_redirect", "https://example.com/done");
    assertThat(grant.fields())
        .containsAllEntriesOf(set)
        .doesNotContainKey("x-oss-forbid-overwrite");
    String conditions = policyOf(grant).get("conditions").toString();
    set.forEach((name, value) -> assertThat(conditions).contains("\"$" + name + "\",\"" + value));
    assertThat(conditions).contains("{\"bucket\":\"archivebucket\"}", "/us-west-1/oss/");
    assertThat(grant.url().getHost()).isEqualTo("archivebucket.oss-us-west-1.aliyuncs.com");
    assertThat(own.shapes("archive")).containsExactly(FormShape.FORM);
  }

  @Test
  void aShapeThatCannotCarryWhatTheProfileSetsIsRefusedAtTheStart() {
    UploadProfile profile = UploadProfile.named("default").acl("private").build();
    UploadGrants.Builder builder = UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                builder.profile(
                    profile, Set.of(GrantKind.POST), List.of(FormShape.FORM, FormShape.V4)))
        .withMessageContaining("format v4 cannot send x-oss-object-acl");
    builder.credentials(OssCredentialsProvider.of(TEMPORARY)).profile(profile);
    assertThat(builder.build().shapes("default")).containsExactly(FormShape.FORM);
  }

  @ParameterizedTest
  @EnumSource(FormShape.class)
  void theCallbackIsPinnedWhereThePageSendsIt(FormShape shape) throws IOException {
    UploadGrants calling =
        UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(TEMPORARY))
            .callback(
                CallbackParameter.forUploads(URI.create("https://app.example/oss_upload_callback"))
                    .build())
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();
    PostGrant grant = calling.post("default", shape, ALICE, PNG);
    String conditions = policyOf(grant).get("conditions").toString();
    if (shape == FormShape.FORM || shape == FormShape.LEGACY) {
      String callback = grant.fields().get("callback");
      assertThat(new String(Base64.getDecoder().decode(callback), UTF_8))
          .contains("https://app.example/oss_upload_callback", grant.ticket().orElseThrow());
      assertThat(conditions).contains("[\"eq\",\"$callback\",\"" + callback + "\"]");
    } else {
      assertThat(grant.fields()).doesNotContainKey("callback");
      assertThat(conditions).doesNotContain("callback");
    }
    assertThat(calling.put("default", ALICE, PNG).headers()).containsKey("x-oss-callback");
    assertThat(calling.putBare("default", ALICE, PNG).headers().keySet())
        .containsExactly("Content-Type");
  }

  @Test
  void aDispositionThatV1CannotSignIsRefusedAtTheStart() {
    UploadGrants.Builder builder =
        UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(TEMPORARY))
            .signatureVersion(SignatureVersion.V1)
            .profile(
                UploadProfile.named("default").disposition("attachment").build(),
                Set.of(GrantKind.PUT));
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("V1 signature does not cover the disposition");
  }

  @Test
  void formSignsInV1WhereTheOperatorSaysSo() {
    UploadGrants old =
        UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(TEMPORARY))
            .signatureVersion(SignatureVersion.V1)
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();
    assertThat(old.post("default", FormShape.FORM, ALICE, PNG).fields())
        .containsEntry("OSSAccessKeyId", "STS.id")
        .containsEntry("x-oss-security-token", "CAIS")
        .containsKey("Signature")
        .doesNotContainKey("x-oss-signature-version");
    assertThat(old.post("default", FormShape.V4, ALICE, PNG).fields())
        .containsKey("x-oss-signature-version");
  }

  @ParameterizedTest
  @EnumSource(FormShape.class)
  void theAnswerHoldsThePolicyAndSignatureThatTheFieldsHold(FormShape shape) throws IOException {
    PostGrant grant = grants.post("default", shape, ALICE, PNG);
    JsonNode answer = json(grant);
    JsonNode place = shape == FormShape.FORM ? answer.get("fields") : answer;
    assertThat(place.get("policy").asText()).isEqualTo(grant.fields().get("policy"));
    if (shape == FormShape.FORM) {
      Map<String, String> fields = new LinkedHashMap<>();
      place.properties().forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
      assertThat(fields).containsExactlyEntriesOf(grant.fields());
    } else {
      assertThat(grant.fields()).containsValue(place.get("signature").asText());
    }
  }

  @Test
  void theFormAnswerTellsAPageEverythingItNeeds() throws IOException {
    JsonNode answer = json(grants.post("images", FormShape.FORM, ALICE, PNG));
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly(
            "method",
            "url",
            "headers",
            "expiresAt",
            "expiresInSeconds",
            "serverTime",
            "fields",
            "key",
            "ticket",
            "limits");
    assertThat(answer.get("fields").get("key")).isEqualTo(answer.get("key"));
    assertThat(answer.get("serverTime").asText()).isEqualTo("2024-11-27T23:59:59Z");
    assertThat(answer.get("expiresAt").asText()).isEqualTo("2024-11-28T00:09:59Z");
    assertThat(answer.get("expiresInSeconds").asLong()).isEqualTo(600);
    assertThat(answer.get("limits").toString())
        .isEqualTo("{\"minSize\":1,\"maxSize\":10485760,\"contentTypes\":[\"image/png\"]}");
  }

  @Test
  void whenThePageNamesTheObjectItIsToldTheDirectory() throws IOException {
    PostGrant grant = grants.post("images", FormShape.FORM, ALICE, PlannedUpload.unnamed());
    assertThat(grant.key()).isEmpty();
    assertThat(grant.fields()).doesNotContainKeys("key", "Content-Type", "x-oss-content-type");
    assertThat(json(grant).get("limits").get("keyPrefix").asText()).isEqualTo(grant.prefix());
    assertThat(policyOf(grant).toString())
        .contains("[\"in\",\"$content-type\",[\"image/png\",\"image/x-png\"]]")
        .contains("[\"in\",\"$x-oss-content-type\",[\"image/png\",\"image/x-png\"]]");
  }

  @ParameterizedTest
  @EnumSource(FormShape.class)
  void theClockIsReadOncePerGrantSoMidnightTearsNothing(FormShape shape) throws IOException {
    StridingClock clock = new StridingClock(NOW);
    UploadGrants overMidnight =
        UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(TEMPORARY))
            .clock(clock)
            .build();
    JsonNode policy = policyOf(overMidnight.post("default", shape, ALICE, PNG));
    assertThat(clock.reads).isEqualTo(1);
    assertThat(policy.get("expiration").asText()).isEqualTo("2024-11-28T00:09:59.000Z");
    if (shape == FormShape.FORM || shape == FormShape.V4) {
      assertThat(policy.get("conditions").toString())
          .contains("20241127T235959Z", "/20241127/cn-hangzhou/");
    }
  }

  @Test
  void aGrantNeverOutlivesTheCredentialsThatSignIt() throws IOException {
    Instant soon = Instant.parse("2024-11-28T00:00:30Z");
    UploadGrants shortLived = grants(OssCredentials.temporary("STS.id", "s", "t", soon));
    PostGrant grant = shortLived.post("default", FormShape.V4, ALICE, PNG);
    assertThat(grant.expiresAt()).isEqualTo(soon);
    assertThat(policyOf(grant).get("expiration").asText()).isEqualTo("2024-11-28T00:00:30.000Z");
  }

  @Test
  void expiredCredentialsSignNothing() {
    UploadGrants expired =
        grants(OssCredentials.temporary("STS.id", "topsecret", "t", NOW.minusSeconds(1)));
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(() -> expired.post("default", FormShape.V4, ALICE, PNG))
        .withMessageContaining("expired")
        .withMessageNotContaining("topsecret");
  }

  @Test
  void aRefusalTouchesNoCredentials() {
    UploadGrants untouchable =
        UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(
                () -> {
                  throw new AssertionError("credentials were touched");
                })
            .build();
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(
            () ->
                untouchable.post(
                    "default", FormShape.V4, ALICE, PlannedUpload.of("a.png").size(1L << 40)));
  }

  @Test
  void newCredentialsAreUsedFromTheNextGrantOnEvenInTheSameSecond() {
    OssCredentials[] current = {TEMPORARY};
    UploadGrants rotating =
        UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(() -> current[0])
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();
    rotating.post("default", FormShape.FORM, ALICE, PNG);
    current[0] = OssCredentials.temporary("STS.next", "next", "token2");
    Map<String, String> fields = rotating.post("default", FormShape.FORM, ALICE, PNG).fields();
    assertThat(fields.get("x-oss-credential")).startsWith("STS.next/");
    assertThat(fields).containsEntry("x-oss-security-token", "token2");
  }

  @Test
  void profilesOfferWhatTheOperatorSays() {
    assertThat(grants.shapes("default")).containsExactly(FormShape.V4, FormShape.FORM);
    assertThat(grants.shapes("images")).containsExactly(FormShape.FORM);
    assertThat(grants.shapes("nobody")).isEmpty();
    UploadGrants.Builder builder = UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"));
    UploadProfile profile = UploadProfile.named("a").build();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.profile(profile, Set.of()));
    builder.profile(profile);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.profile(profile));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grants.post("nobody", FormShape.V4, ALICE, PNG))
        .withMessageContaining("default");
  }

  @Test
  void aPutGrantPinsNameAndTypeAndEndsWithItsCredentials() {
    PutGrant put = grants.putBare("default", ALICE, PNG);
    assertThat(put.headers()).containsExactly(Map.entry("Content-Type", "image/png"));
    assertThat(put.url().getRawPath()).isEqualTo("/" + put.key().value());
    assertThat(put.url().getRawQuery())
        .contains("x-oss-date=20241127T235959Z", "x-oss-security-token=CAIS", "x-oss-expires=600");
    assertThat(put.toString()).contains("uploads/alice/").doesNotContain("CAIS", "signature");
    assertThat(new String(put.toText(), UTF_8)).isEqualTo(put.url().toString());
  }

  @Test
  void aLinkLetsItsHolderReadOneObject() {
    PresignedUrl link =
        grants.link("default", new ObjectKey("uploads/alice/a.png"), Duration.ofMinutes(5));
    assertThat(link.method()).isEqualTo("GET");
    assertThat(link.url().getRawPath()).isEqualTo("/uploads/alice/a.png");
    assertThat(link.url().getRawQuery()).contains("x-oss-expires=300");
  }

  @Test
  void nothingThatPrintsItselfPrintsTheToken() {
    PostGrant grant = grants.post("default", FormShape.V4, ALICE, PNG);
    assertThat(grant.toString())
        .contains("uploads/alice/")
        .doesNotContain("CAIS", grant.signed().signature());
  }

  private static UploadGrants grants(OssCredentials credentials) {
    return UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
        .credentials(OssCredentialsProvider.of(credentials))
        .profile(UploadProfile.named("default").build())
        .profile(UploadProfile.named("images").contentTypes(List.of("image/png")).build())
        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
        .build();
  }

  private static JsonNode json(PostGrant grant) throws IOException {
    return new ObjectMapper().readTree(grant.toJson());
  }

  private static JsonNode policyOf(PostGrant grant) throws IOException {
    return new ObjectMapper().readTree(Base64.getDecoder().decode(grant.fields().get("policy")));
  }

  /** Moves on a second at every look. */
  private static final class StridingClock extends Clock {
    private final Instant start;
    private int reads;

    StridingClock(Instant start) {
      this.start = start;
    }

    @Override
    public Instant instant() {
      return start.plus(Duration.ofSeconds(reads++));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
