package io.osspost;

import static io.osspost.GrantFixture.ALICE;
import static io.osspost.GrantFixture.LONG_TERM;
import static io.osspost.GrantFixture.NOW;
import static io.osspost.GrantFixture.PNG;
import static io.osspost.GrantFixture.TEMPORARY;
import static io.osspost.GrantFixture.captured;
import static io.osspost.GrantFixture.fitting;
import static io.osspost.GrantFixture.grants;
import static io.osspost.GrantFixture.json;
import static io.osspost.GrantFixture.policyOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.sign.SignatureVersion;
import io.osspost.ticket.CallbackParameter;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
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

/** The fields of forms in each format, and the members of their answers. */
class PostGrantTest {
  private final UploadGrants grants = grants(TEMPORARY);

  @Test
  void inShapeFormEveryFieldThatIsSentIsPinned() throws IOException {
    PostGrant grant = grants.post("default", PostFormat.FORM, ALICE, PNG);
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
  void v4PolicyHasExactlyTheConditionsOfItsPage() throws IOException {
    PostGrant grant = grants.post("images", PostFormat.V4, ALICE, PlannedUpload.unnamed());
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
    assertThat(policyOf(grants.post("default", PostFormat.FORM, ALICE, PNG)).toString())
        .contains("[\"eq\",\"$content-type\",\"image/png\"]")
        .contains("[\"eq\",\"$x-oss-content-type\",\"image/png\"]")
        .doesNotContain("\"in\"");
    PlannedUpload jpg = PlannedUpload.of("a.jpg").type("image/jpg");
    assertThat(policyOf(grants.post("default", PostFormat.V4, ALICE, jpg)).toString())
        .contains("[\"eq\",\"$content-type\",\"image/jpg\"]")
        .doesNotContain("\"in\"");
  }

  @ParameterizedTest
  @CsvSource({
    "V1,'ossAccessKeyId,host,expire,policy,signature,dir'",
    "LEGACY,'accessid,host,expire,policy,signature,dir'"
  })
  void olderPagesGetTheMembersAndConditionsTheyWereWrittenFor(PostFormat format, String members)
      throws IOException {
    UploadGrants longTerm = grants(LONG_TERM);
    PostGrant grant = longTerm.post("images", format, ALICE, PlannedUpload.unnamed());
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
        .containsExactly("OSSAccessKeyId", "success_action_status", "policy", "Signature");
  }

  @Test
  void whatAProfileSetsIsSentAndPinned() throws IOException {
    UploadProfile archive =
        UploadProfile.builder("archive")
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
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(TEMPORARY))
            .profile(archive)
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();
    PostGrant grant = own.post("archive", PostFormat.FORM, ALICE, PNG);
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
    assertThat(own.offer("archive").orElseThrow().postFormats()).containsExactly(PostFormat.FORM);
  }

  @Test
  void rejectsFormatThatCannotCarryTheProfile() {
    UploadProfile profile = UploadProfile.builder("default").acl("private").build();
    UploadGrants.Builder builder =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                builder.profile(
                    profile, Set.of(GrantKind.POST), List.of(PostFormat.FORM, PostFormat.V4)))
        .withMessageContaining("sets acl, but forms of format v4 cannot carry it");
    builder.credentials(OssCredentialsProvider.of(TEMPORARY)).profile(profile);
    assertThat(builder.build().offer("default").orElseThrow().postFormats())
        .containsExactly(PostFormat.FORM);
  }

  @ParameterizedTest
  @EnumSource(PostFormat.class)
  void callbackIsPinnedIfThePageSendsIt(PostFormat format) throws IOException {
    UploadGrants calling =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(fitting(format)))
            .callback(
                CallbackParameter.builder(URI.create("https://app.example/oss_upload_callback"))
                    .reportUploads()
                    .build())
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();
    PostGrant grant = calling.post("default", format, ALICE, PNG);
    String conditions = policyOf(grant).get("conditions").toString();
    if (format == PostFormat.FORM || format == PostFormat.LEGACY) {
      String callback = grant.fields().get("callback");
      assertThat(new String(Base64.getDecoder().decode(callback), UTF_8))
          .contains("https://app.example/oss_upload_callback", grant.ticket().orElseThrow());
      assertThat(conditions).contains("[\"eq\",\"$callback\",\"" + callback + "\"]");
    } else {
      assertThat(grant.fields()).doesNotContainKey("callback");
      assertThat(conditions).doesNotContain("callback");
    }
    assertThat(calling.put("default", PutFormat.FORM, ALICE, PNG).headers())
        .containsKey("x-oss-callback");
    assertThat(calling.put("default", PutFormat.TEXT, ALICE, PNG).headers().keySet())
        .containsExactly("Content-Type");
  }

  @Test
  void formUsesTheConfiguredV1Signature() {
    UploadGrants old =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(TEMPORARY))
            .signatureVersion(SignatureVersion.V1)
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();
    assertThat(old.post("default", PostFormat.FORM, ALICE, PNG).fields())
        .containsEntry("OSSAccessKeyId", "STS.id")
        .containsEntry("x-oss-security-token", "CAIS")
        .containsKey("Signature")
        .doesNotContainKey("x-oss-signature-version");
    assertThat(old.post("default", PostFormat.V4, ALICE, PNG).fields())
        .containsKey("x-oss-signature-version");
  }

  @ParameterizedTest
  @EnumSource(PostFormat.class)
  void answerAndFieldsHaveTheSamePolicyAndSignature(PostFormat format) throws IOException {
    PostGrant grant = grants(fitting(format)).post("default", format, ALICE, PNG);
    JsonNode answer = json(grant);
    JsonNode place = format == PostFormat.FORM ? answer.get("fields") : answer;
    assertThat(place.get("policy").asText()).isEqualTo(grant.fields().get("policy"));
    if (format == PostFormat.FORM) {
      Map<String, String> fields = new LinkedHashMap<>();
      place.properties().forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
      assertThat(fields).containsExactlyEntriesOf(grant.fields());
    } else {
      assertThat(grant.fields()).containsValue(place.get("signature").asText());
    }
  }

  @Test
  void formAnswerHasAllMembers() throws IOException {
    JsonNode answer = json(grants.post("images", PostFormat.FORM, ALICE, PNG));
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
  void answerNamesTheDirectoryIfThePageNamesTheObject() throws IOException {
    PostGrant grant = grants.post("images", PostFormat.FORM, ALICE, PlannedUpload.unnamed());
    assertThat(grant.key()).isEmpty();
    assertThat(grant.fields()).doesNotContainKeys("key", "Content-Type", "x-oss-content-type");
    assertThat(json(grant).get("limits").get("keyPrefix").asText()).isEqualTo(grant.prefix());
    assertThat(policyOf(grant).toString())
        .contains("[\"in\",\"$content-type\",[\"image/png\",\"image/x-png\"]]")
        .contains("[\"in\",\"$x-oss-content-type\",[\"image/png\",\"image/x-png\"]]");
  }

  @ParameterizedTest
  @CsvSource({
    "V4,LTAIid,long-term key,temporary credentials",
    "V1,STS.id,temporary credentials,a long-term key",
    "LEGACY,STS.id,temporary credentials,a long-term key"
  })
  void aFormItsPageCouldNotCompleteIsNotMade(
      PostFormat format, String id, String signs, String fix) {
    OssCredentials other = format == PostFormat.V4 ? LONG_TERM : TEMPORARY;
    assertThat(other.accessKeyId()).isEqualTo(id);
    UploadGrants.Builder builder =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(other))
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .profile(
                UploadProfile.builder("old").build(),
                Set.of(GrantKind.POST),
                List.of(format, PostFormat.FORM));
    UploadGrants misfit = builder.build();
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(() -> misfit.post("old", format, ALICE, PNG))
        .satisfies(
            e ->
                assertThat(e.reason())
                    .isEqualTo(UploadRefusedException.Reason.CREDENTIALS_DO_NOT_FIT_PAGE))
        .satisfies(e -> assertThat(e.fact()).contains(signs))
        .satisfies(e -> assertThat(e.fix()).contains(fix));
    assertThat(misfit.post("old", PostFormat.FORM, ALICE, PNG).fields()).isNotEmpty();
    assertThat(captured(builder::build))
        .singleElement()
        .asString()
        .startsWith("Profile 'old' answers 503 in format " + format.code() + ".");
    builder.credentials(OssCredentialsProvider.of(fitting(format)));
    assertThat(captured(builder::build)).isEmpty();
  }

  @Test
  void documentedFieldsOnlyMeansNoOtherIsSentOrPinned() throws IOException {
    UploadProfile.Builder documented = UploadProfile.builder("default").documentedFieldsOnly(true);
    UploadGrants careful =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(TEMPORARY))
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .profile(documented.metadata(Map.of("a", "b")).build())
            .build();
    PostGrant grant = careful.post("default", PostFormat.FORM, ALICE, PNG);
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
            "Content-Type",
            "x-oss-meta-grant");
    assertThat(policyOf(grant).get("conditions").toString())
        .doesNotContain("acl", "forbid", "x-oss-content-type", "callback")
        .contains("[\"eq\",\"$content-type\",\"image/png\"]");
    assertThat(json(grant).get("fields").size()).isEqualTo(grant.fields().size());
    assertThat(careful.put("default", PutFormat.FORM, ALICE, PNG).headers())
        .containsEntry("x-oss-forbid-overwrite", "true");

    UploadGrants.Builder strict =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> strict.profile(documented.metadata(Map.of()).acl("private").build()))
        .withMessageContaining("acl");
    documented.acl("default");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> strict.profile(documented.forbidOverwrite(true).build()))
        .withMessageContaining("forbid-overwrite");
    documented.forbidOverwrite(false);
    UploadGrants.Builder calling =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(TEMPORARY))
            .callback(
                CallbackParameter.builder(URI.create("https://app.example/cb"))
                    .reportUploads()
                    .build())
            .profile(documented.build());
    assertThatIllegalArgumentException()
        .isThrownBy(calling::build)
        .withMessageContaining("sets callback.url");
  }

  /** The page sends the browser's own type, and OSS reads a list of two types as one. */
  @ParameterizedTest
  @EnumSource(PostFormat.class)
  void pinnedTypeIsAMemberOfTheList(PostFormat format) throws IOException {
    UploadGrants grants = grants(fitting(format));
    for (String type : List.of("IMAGE/PNG", "image/png;q=1", "image/x-png")) {
      PostGrant grant = grants.post("images", format, ALICE, PlannedUpload.of("a.png").type(type));
      String pinned = type.equals("image/x-png") && format != PostFormat.FORM ? type : "image/png";
      assertThat(policyOf(grant).get("conditions").toString())
          .contains("[\"eq\",\"$content-type\",\"" + pinned + "\"]");
    }
    for (String type : List.of("image/png;,text/html", "application/octet-stream;,text/html")) {
      assertThatExceptionOfType(UploadRefusedException.class)
          .isThrownBy(
              () -> grants.post("images", format, ALICE, PlannedUpload.of("a.png").type(type)));
    }
    PostGrant table =
        grants.post(
            "default", format, ALICE, PlannedUpload.of("a.csv").type("application/vnd.ms-excel"));
    assertThat(table.key().orElseThrow().value()).endsWith(".csv");
    assertThat(policyOf(table).get("conditions").toString())
        .contains(
            "[\"eq\",\"$content-type\",\""
                + (format == PostFormat.FORM ? "text/csv" : "application/vnd.ms-excel")
                + "\"]");
    PlannedUpload unknown = PlannedUpload.of("a.png").type("application/octet-stream");
    if (format == PostFormat.FORM) {
      assertThat(grants.post("images", format, ALICE, unknown).fields())
          .containsEntry("Content-Type", "image/png");
    } else {
      assertThatExceptionOfType(UploadRefusedException.class)
          .isThrownBy(() -> grants.post("images", format, ALICE, unknown))
          .withMessageContaining("format=form");
    }
  }
}
