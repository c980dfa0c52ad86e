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
import io.osspost.credentials.TokenVendor;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadGrantsTest {
  private static final Instant NOW = Instant.parse("2024-11-27T23:59:59.987Z");
  private static final Caller ALICE = Caller.named("alice");
  private static final PlannedUpload PNG = PlannedUpload.of("a.png").size(1234).type("image/png");
  private static final OssCredentials TEMPORARY =
      OssCredentials.temporary("STS.id", "secret", "CAIS", Instant.parse("2024-11-28T01:00:00Z"));

  private static final OssCredentials LONG_TERM = OssCredentials.of("LTAIid", "secret");

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
    UploadGrants longTerm = grants(LONG_TERM);
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
                    profile, Set.of(UploadGrants.Kind.POST), List.of(FormShape.FORM, FormShape.V4)))
        .withMessageContaining("format v4 cannot send x-oss-object-acl");
    builder.credentials(OssCredentialsProvider.of(TEMPORARY)).profile(profile);
    assertThat(builder.build().shapes("default")).containsExactly(FormShape.FORM);
  }

  @ParameterizedTest
  @EnumSource(FormShape.class)
  void theCallbackIsPinnedWhereThePageSendsIt(FormShape shape) throws IOException {
    UploadGrants calling =
        UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(fitting(shape)))
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
                Set.of(UploadGrants.Kind.PUT));
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
    PostGrant grant = grants(fitting(shape)).post("default", shape, ALICE, PNG);
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
            .credentials(OssCredentialsProvider.of(fitting(shape)))
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
    Instant soon = Instant.parse("2024-11-28T00:01:30Z");
    UploadGrants shortLived = grants(OssCredentials.temporary("STS.id", "s", "t", soon));
    PostGrant grant = shortLived.post("default", FormShape.V4, ALICE, PNG);
    assertThat(grant.expiresAt()).isEqualTo(soon);
    assertThat(policyOf(grant).get("expiration").asText()).isEqualTo("2024-11-28T00:01:30.000Z");
    assertThat(shortLived.put("default", ALICE, PNG).expiresAt()).isEqualTo(soon);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 59})
  void credentialsThatEndBeforeAnUploadWouldBeDoneSignNothing(int secondsLeft) {
    UploadGrants ending =
        grants(OssCredentials.temporary("STS.id", "topsecret", "t", NOW.plusSeconds(secondsLeft)));
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(() -> ending.post("default", FormShape.V4, ALICE, PNG))
        .withMessageContaining("less than 60 seconds are left")
        .withMessageNotContaining("topsecret");
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(() -> ending.put("default", ALICE, PNG));
  }

  @ParameterizedTest
  @CsvSource({
    "V4,LTAIid,long-term key,temporary credentials",
    "V1,STS.id,temporary credentials,a long-term key",
    "LEGACY,STS.id,temporary credentials,a long-term key"
  })
  void aFormItsPageCouldNotCompleteIsNotMade(FormShape shape, String id, String signs, String fix) {
    OssCredentials other = shape == FormShape.V4 ? LONG_TERM : TEMPORARY;
    assertThat(other.accessKeyId()).isEqualTo(id);
    UploadGrants.Builder builder =
        UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(other))
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .profile(
                UploadProfile.named("old").build(),
                Set.of(UploadGrants.Kind.POST),
                List.of(shape, FormShape.FORM));
    UploadGrants misfit = builder.build();
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(() -> misfit.post("old", shape, ALICE, PNG))
        .satisfies(
            e ->
                assertThat(e.reason())
                    .isEqualTo(UploadRefusedException.Reason.CREDENTIALS_DO_NOT_FIT_PAGE))
        .satisfies(e -> assertThat(e.fact()).contains(signs))
        .satisfies(e -> assertThat(e.fix()).contains(fix));
    assertThat(misfit.post("old", FormShape.FORM, ALICE, PNG).fields()).isNotEmpty();
    assertThat(captured(builder::build))
        .singleElement()
        .asString()
        .startsWith("Profile 'old' answers 503 in format " + shape.code() + ".");
    builder.credentials(OssCredentialsProvider.of(fitting(shape)));
    assertThat(captured(builder::build)).isEmpty();
  }

  @Test
  void aPolicyLongerThanSomeDocumentsAllowIsSaidOnce() {
    List<String> types = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      types.add("application/vnd.example.a-rather-long-name-" + i);
    }
    UploadGrants many =
        UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(TEMPORARY))
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .profile(UploadProfile.named("many").contentTypes(types).build())
            .build();
    Runnable grant = () -> many.post("many", FormShape.FORM, ALICE, PlannedUpload.unnamed());
    assertThat(captured(grant)).singleElement().asString().contains("admit fewer content types");
    assertThat(captured(grant)).isEmpty();
    assertThat(captured(() -> grants.post("default", FormShape.FORM, ALICE, PNG))).isEmpty();
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
  void aTokenIsForTheCallersDirectoryAndNothingElse() throws IOException {
    List<TokenVendor.Scope> scopes = new ArrayList<>();
    UploadGrants vending =
        vending(
            UploadProfile.named("parts").multipart(true).build(),
            scope -> {
              scopes.add(scope);
              return TEMPORARY;
            });
    TokenGrant grant = vending.token("parts", ALICE);
    assertThat(scopes)
        .containsExactly(
            new TokenVendor.Scope(
                "examplebucket",
                "uploads/alice/",
                true,
                Optional.of("alice"),
                Duration.ofMinutes(10)));
    assertThat(grant.expiresAt()).isEqualTo(TEMPORARY.expiration().orElseThrow());
    assertThat(new String(grant.toJson(), UTF_8))
        .isEqualTo(
            ("{'AccessKeyId':'STS.id','AccessKeySecret':'secret','SecurityToken':'CAIS',"
                    + "'Expiration':'2024-11-28T01:00:00Z','Bucket':'examplebucket',"
                    + "'Region':'cn-hangzhou','Dir':'uploads/alice/'}")
                .replace('\'', '"'));
    assertThat(grant.toString()).doesNotContain("secret", "CAIS");
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(() -> vending.token("parts", Caller.anonymous()))
        .satisfies(
            e -> assertThat(e.reason()).isEqualTo(UploadRefusedException.Reason.NOT_AUTHENTICATED));
  }

  @Test
  void noClientIsEverHandedALongTermKey() {
    UploadProfile profile = UploadProfile.named("parts").build();
    for (OssCredentials unfit :
        List.of(LONG_TERM, OssCredentials.temporary("STS.id", "secret", "CAIS"))) {
      UploadGrants vending = vending(profile, scope -> unfit);
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> vending.token("parts", ALICE))
          .withMessageContaining("token vendor")
          .withMessageNotContaining("secret");
    }
    UploadGrants late =
        vending(profile, scope -> OssCredentials.temporary("STS.id", "secret", "CAIS", NOW));
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(() -> late.token("parts", ALICE));
  }

  @Test
  void whatTokensCannotKeepIsRefusedAtTheStart() {
    assertTokensRefused(UploadProfile.named("a").requireFilename(true), "require-filename");
    assertTokensRefused(UploadProfile.named("a").dir("u/{uuid}/"), "without {uuid}");
    UploadGrants.Builder builder = UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"));
    UploadProfile parts = UploadProfile.named("parts").multipart(true).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.profile(parts))
        .withMessageContaining("Add token to its grants");
    builder.credentials(OssCredentialsProvider.of(TEMPORARY));
    builder.profile(parts, Set.of(UploadGrants.Kind.TOKEN));
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("Set a token vendor");
  }

  @Test
  void theWholeBucketIsOpenedOnlyToThoseWhoSaySo() throws IOException {
    UploadGrants whole =
        vending(UploadProfile.named("all").wholeBucket().build(), scope -> TEMPORARY);
    assertThat(whole.token("all", Caller.anonymous()).prefix()).isEmpty();
    PostGrant grant =
        whole.post("all", FormShape.FORM, Caller.anonymous(), PlannedUpload.unnamed());
    assertThat(policyOf(grant).get("conditions").toString())
        .contains("[\"starts-with\",\"$key\",\"\"]");
    assertThat(whole.post("all", FormShape.FORM, ALICE, PNG).key().orElseThrow().value())
        .matches("[0-9a-f-]{36}\\.png");
  }

  @Test
  void documentedFieldsOnlyMeansNoOtherIsSentOrPinned() throws IOException {
    UploadProfile.Builder documented = UploadProfile.named("default").documentedFieldsOnly(true);
    UploadGrants careful =
        UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(TEMPORARY))
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .profile(documented.metadata(Map.of("a", "b")).build())
            .build();
    PostGrant grant = careful.post("default", FormShape.FORM, ALICE, PNG);
    assertThat(grant.fields().keySet())
        .containsExactly(
            "x-oss-signature-version",
            "x-oss-credential",
            "x-oss-date",
            "x-oss-security-token",
            "success_action_status",
            "x-oss-meta-a",
            "policy",
            "x-oss-signature",
            "key",
            "Content-Type");
    assertThat(policyOf(grant).get("conditions").toString())
        .doesNotContain("acl", "forbid", "x-oss-content-type", "callback")
        .contains("[\"eq\",\"$content-type\",\"image/png\"]");
    assertThat(json(grant).get("fields").size()).isEqualTo(grant.fields().size());
    assertThat(careful.put("default", ALICE, PNG).headers())
        .containsEntry("x-oss-forbid-overwrite", "true");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> UploadProfile.named("a").documentedFieldsOnly(true).acl("private").build())
        .withMessageContaining("x-oss-object-acl");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                UploadProfile.named("a").documentedFieldsOnly(true).forbidOverwrite(true).build());
    UploadGrants.Builder calling =
        UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(TEMPORARY))
            .callback(CallbackParameter.forUploads(URI.create("https://app.example/cb")).build())
            .profile(documented.build());
    assertThatIllegalArgumentException()
        .isThrownBy(calling::build)
        .withMessageContaining("cannot pin the callback");
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

  /** What is logged as a warning while {@code action} runs. */
  private static List<String> captured(Runnable action) {
    List<String> warnings = new ArrayList<>();
    java.util.logging.Logger logger =
        java.util.logging.Logger.getLogger(UploadGrants.class.getName());
    java.util.logging.Handler handler =
        new java.util.logging.Handler() {
          @Override
          public void publish(java.util.logging.LogRecord logged) {
            warnings.add(logged.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    try {
      action.run();
    } finally {
      logger.removeHandler(handler);
    }
    return warnings;
  }

  private static UploadGrants vending(UploadProfile profile, TokenVendor vendor) {
    return UploadGrants.to(OssBucket.of("examplebucket", "cn-hangzhou"))
        .credentials(OssCredentialsProvider.of(TEMPORARY))
        .tokens(vendor)
        .profile(profile, Set.of(UploadGrants.Kind.TOKEN))
        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
        .build();
  }

  private static void assertTokensRefused(UploadProfile.Builder profile, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vending(profile.build(), scope -> TEMPORARY))
        .withMessageContaining(message);
  }

  /** What signs forms that a page of {@code shape} can complete. */
  private static OssCredentials fitting(FormShape shape) {
    return shape == FormShape.V1 || shape == FormShape.LEGACY ? LONG_TERM : TEMPORARY;
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
