package io.osspost;

import static io.osspost.GrantFixture.ALICE;
import static io.osspost.GrantFixture.LONG_TERM;
import static io.osspost.GrantFixture.NOW;
import static io.osspost.GrantFixture.PNG;
import static io.osspost.GrantFixture.TEMPORARY;
import static io.osspost.GrantFixture.policyOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenScope;
import io.osspost.credentials.TokenVendor;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.ticket.CallbackParameter;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.UploadTickets;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The scope of tokens, and the refusals. */
class TokenGrantTest {
  @Test
  void aTokenIsForTheCallersDirectoryAndNothingElse() throws IOException {
    List<TokenScope> scopes = new ArrayList<>();
    UploadGrants vending =
        vending(
            UploadProfile.builder("parts").tokenMultipart(true).build(),
            scope -> {
              scopes.add(scope);
              return TEMPORARY;
            });
    TokenGrant grant = vending.token("parts", ALICE);
    assertThat(scopes)
        .containsExactly(
            new TokenScope(
                "examplebucket",
                "uploads/alice/",
                true,
                Optional.of("alice"),
                Duration.ofMinutes(10)));
    assertThat(grant.expiresAt()).isEqualTo(TEMPORARY.expiration().orElseThrow());
    assertThat(new String(grant.toJson(), UTF_8))
        .isEqualTo(
            ("{'StatusCode':200,'AccessKeyId':'STS.id','AccessKeySecret':'secret','SecurityToken':'CAIS',"
                    + "'Expiration':'2024-11-28T01:00:00Z','Bucket':'examplebucket',"
                    + "'Region':'cn-hangzhou','Url':'https://examplebucket.oss-cn-hangzhou.aliyuncs.com',"
                    + "'Dir':'uploads/alice/'}")
                .replace('\'', '"'));
    assertThat(grant.toString()).doesNotContain("secret", "CAIS");
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(() -> vending.token("parts", Caller.anonymous()))
        .satisfies(
            e -> assertThat(e.reason()).isEqualTo(UploadRefusedException.Reason.NOT_AUTHENTICATED));
  }

  /**
   * The members that {@code OSSAuthCredentialsProvider} of the vendor's Android SDK reads: the
   * number {@code StatusCode}, and texts. Its expiration is parsed without fractions.
   */
  @Test
  void answerHasTheMembersOfMobileProviders() throws IOException {
    OssCredentials fractional =
        OssCredentials.temporary(
            "STS.id", "secret", "CAIS", Instant.parse("2024-11-28T01:00:00.123Z"));
    UploadGrants vending = vending(UploadProfile.builder("parts").build(), scope -> fractional);
    JsonNode answer = new ObjectMapper().readTree(vending.token("parts", ALICE).toJson());
    assertThat(answer.get("StatusCode").isInt()).isTrue();
    assertThat(answer.get("StatusCode").asInt()).isEqualTo(200);
    for (String name : List.of("AccessKeyId", "AccessKeySecret", "SecurityToken", "Expiration")) {
      assertThat(answer.get(name).isTextual()).as(name).isTrue();
    }
    assertThat(answer.get("Expiration").asText()).isEqualTo("2024-11-28T01:00:00Z");
    assertThat(answer.has("Callback")).isFalse();
  }

  /** The members of {@code Callback} are those of ali-oss's option {@code callback}. */
  @Test
  void answerHasTheCallbackForSdks() throws IOException {
    UploadTickets tickets = UploadTickets.withRandomSecret();
    UploadGrants vending =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(LONG_TERM))
            .tokens(scope -> TEMPORARY)
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .tickets(tickets)
            .callback(
                CallbackParameter.builder(URI.create("https://app.example/cb"))
                    .host("inner.example")
                    .reportUploads()
                    .build())
            .optionalCallback(true)
            .profile(UploadProfile.builder("parts").build(), Set.of(GrantKind.TOKEN))
            .build();
    JsonNode answer = new ObjectMapper().readTree(vending.token("parts", ALICE).toJson());
    JsonNode callback = answer.get("Callback");
    assertThat(callback.get("url").asText()).isEqualTo("https://app.example/cb");
    assertThat(callback.get("host").asText()).isEqualTo("inner.example");
    assertThat(callback.get("contentType").asText()).isEqualTo("application/json");
    assertThat(callback.get("callbackSNI").asBoolean()).isTrue();

    JsonNode header =
        new ObjectMapper()
            .readTree(Base64.getDecoder().decode(answer.get("CallbackHeader").asText()));
    assertThat(header.get("callbackUrl").asText()).isEqualTo("https://app.example/cb");
    assertThat(header.get("callbackHost").asText()).isEqualTo("inner.example");
    assertThat(header.get("callbackBody")).isEqualTo(callback.get("body"));
    String body = callback.get("body").asText();
    String ticket = body.substring(body.indexOf("\"ticket\":\"") + 10, body.length() - 2);
    GrantTerms terms = tickets.verify(ticket, NOW);
    assertThat(terms.caller()).isEqualTo(ALICE);
    assertThat(terms.prefix()).isEqualTo("uploads/alice/");
    assertThat(terms.kind()).isEqualTo("token");
    assertThat(terms.key()).isEmpty();
  }

  @Test
  void noClientIsEverHandedALongTermKey() {
    UploadProfile profile = UploadProfile.builder("parts").build();
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
    assertTokensRefused(UploadProfile.builder("a").requireFilename(true), "require-filename");
    assertTokensRefused(UploadProfile.builder("a").dir("u/{uuid}/"), "without {uuid}");
    UploadGrants.Builder builder =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"));
    UploadProfile parts = UploadProfile.builder("parts").tokenMultipart(true).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.profile(parts))
        .withMessageContaining("Add token to its grants");
    builder.credentials(OssCredentialsProvider.of(TEMPORARY));
    builder.profile(parts, Set.of(GrantKind.TOKEN));
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("there is no token vendor");
  }

  @Test
  void wholeBucketMustBeConfigured() throws IOException {
    UploadGrants whole =
        vending(UploadProfile.builder("all").wholeBucket().build(), scope -> TEMPORARY);
    assertThat(whole.token("all", Caller.anonymous()).prefix()).isEmpty();
    PostGrant grant =
        whole.post("all", PostFormat.FORM, Caller.anonymous(), PlannedUpload.unnamed());
    assertThat(policyOf(grant).get("conditions").toString())
        .contains("[\"starts-with\",\"$key\",\"\"]");
    assertThat(whole.post("all", PostFormat.FORM, ALICE, PNG).key().orElseThrow().value())
        .matches("[0-9a-f-]{36}\\.png");
  }

  private static UploadGrants vending(UploadProfile profile, TokenVendor vendor) {
    return UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
        .credentials(OssCredentialsProvider.of(TEMPORARY))
        .tokens(vendor)
        .profile(profile, Set.of(GrantKind.TOKEN))
        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
        .build();
  }

  private static void assertTokensRefused(UploadProfile.Builder profile, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vending(profile.build(), scope -> TEMPORARY))
        .withMessageContaining(message);
  }
}
