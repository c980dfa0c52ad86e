package io.osspost.emulator.internal.sts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.fault.Fault;
import io.osspost.emulator.fault.Faults;
import io.osspost.emulator.journal.JournalEntry;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.StsCalls;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls signed by hand. Codes and messages: STS documentation "AssumeRole" and "STS common errors",
 * and the gateway's "Common error codes".
 */
class StsServiceTest {
  private static final String ALLOW_ALL =
      "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss = OssEmulator.builder().accessKey(StsCalls.KEY_ID, StsCalls.SECRET).stsPort(0).start();
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void answersInJson() throws IOException {
    Answer answer = StsCalls.assumeRole().send(oss.stsEndpoint());

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("content-type")).startsWith("application/json");
    assertThat(answer.body())
        .matches(
            "\\{\"RequestId\":\"[0-9A-F-]{36}\",\"AssumedRoleUser\":\\{\"Arn\":"
                + "\"acs:ram::1000000000000000:role/EmulatorRole/alice\",\"AssumedRoleId\":"
                + "\"\\d+:alice\"},\"Credentials\":\\{\"AccessKeyId\":\"STS\\.\\w+\","
                + "\"AccessKeySecret\":\"\\w+\",\"SecurityToken\":\"[\\w+/=]+\","
                + "\"Expiration\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"}}");
  }

  @Test
  void answersInXmlOnRequest() throws IOException {
    Answer answer = StsCalls.assumeRole().with("Format", "XML").post().send(oss.stsEndpoint());

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("content-type")).startsWith("text/xml");
    assertThat(answer.body()).contains("<AssumeRoleResponse>");
    assertThat(answer.member("AccessKeyId")).startsWith("STS.");

    Answer refusal =
        StsCalls.assumeRole().with("Format", "XML").without("RoleArn").send(oss.stsEndpoint());
    assertThat(refusal.body()).contains("<Error>");
    assertThat(refusal.member("Code")).isEqualTo("MissingRoleArn");
    assertThat(refusal.member("HostId")).isEqualTo(oss.stsEndpoint().getAuthority());
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal("no action", 400, "MissingAction", call -> call.without("Action")),
        refusal("no version", 400, "MissingVersion", call -> call.without("Version")),
        refusal("old version", 400, "InvalidVersion", call -> call.with("Version", "2014-01-01")),
        refusal("other action", 404, "InvalidApi.NotFound", call -> call.with("Action", "Nope")),
        refusal("odd format", 400, "InvalidParameter.Format", call -> call.with("Format", "YAML")),
        refusal("no key", 400, "MissingAccessKeyId", call -> call.without("AccessKeyId")),
        refusal("empty key", 400, "MissingAccessKeyId", call -> call.with("AccessKeyId", "")),
        refusal(
            "unknown key",
            404,
            "InvalidAccessKeyId.NotFound",
            call -> call.with("AccessKeyId", "LTAIstranger")),
        refusal("empty signature", 400, "MissingSignature", call -> call.with("Signature", "")),
        refusal(
            "wrong signature",
            400,
            "SignatureDoesNotMatch",
            call -> call.with("Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=")),
        refusal(
            "odd signature method",
            400,
            "InvalidSignatureMethod",
            call -> call.with("SignatureMethod", "HMAC-MD5")),
        refusal("no nonce", 400, "MissingSignatureNonce", call -> call.without("SignatureNonce")),
        refusal("no time", 400, "MissingTimestamp", call -> call.without("Timestamp")),
        refusal(
            "odd time",
            400,
            "InvalidTimeStamp.Format",
            call -> call.with("Timestamp", "20240315T081530Z")),
        refusal(
            "slow clock",
            400,
            "InvalidTimeStamp.Expired",
            call -> call.with("Timestamp", Instant.now().minusSeconds(901).toString())),
        refusal(
            "fast clock",
            400,
            "InvalidTimeStamp.Expired",
            call -> call.with("Timestamp", Instant.now().plusSeconds(960).toString())),
        refusal(
            "token of unknown",
            400,
            "InvalidSecurityToken.MismatchWithAccessKey",
            call -> call.with("SecurityToken", "CAISnothing")),
        refusal("no role", 400, "MissingRoleArn", call -> call.without("RoleArn")),
        refusal(
            "role without account",
            400,
            "InvalidParameter.RoleArn",
            call -> call.with("RoleArn", "acs:ram:::role/EmulatorRole")),
        refusal(
            "role of another cloud",
            400,
            "InvalidParameter.RoleArn",
            call -> call.with("RoleArn", "arn:aws:iam::123456789012:role/EmulatorRole")),
        refusal(
            "unknown role",
            404,
            "EntityNotExist.Role",
            call -> call.with("RoleArn", "acs:ram::1000000000000000:role/other")),
        refusal(
            "no session name",
            400,
            "MissingRoleSessionName",
            call -> call.without("RoleSessionName")),
        refusal(
            "session name of one letter",
            400,
            "InvalidParameter.RoleSessionName",
            call -> call.with("RoleSessionName", "a")),
        refusal(
            "session name of 65 letters",
            400,
            "InvalidParameter.RoleSessionName",
            call -> call.with("RoleSessionName", "a".repeat(65))),
        refusal(
            "session name with a slash",
            400,
            "InvalidParameter.RoleSessionName",
            call -> call.with("RoleSessionName", "a/b")),
        refusal(
            "too short",
            400,
            "InvalidParameter.DurationSeconds",
            call -> call.with("DurationSeconds", "899")),
        refusal(
            "longer than the role admits",
            400,
            "InvalidParameter.DurationSeconds",
            call -> call.with("DurationSeconds", "3601")),
        refusal(
            "duration in words",
            400,
            "InvalidParameter.DurationSeconds",
            call -> call.with("DurationSeconds", "an hour")),
        refusal(
            "policy of another cloud",
            400,
            "InvalidParameter.PolicyGrammar",
            call -> call.with("Policy", ALLOW_ALL.replace("\"1\"", "\"2012-10-17\""))),
        refusal(
            "policy of 2049 characters",
            400,
            "InvalidParameter.PolicySize",
            call -> call.with("Policy", padded(2049))),
        refusal(
            "external ID with a blank",
            400,
            "InvalidParameter.ExternalId",
            call -> call.with("ExternalId", "a b")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void refusesAsDocumented(String name, int status, String code, UnaryOperator<StsCalls> spoil)
      throws IOException {
    Answer get = spoil.apply(StsCalls.assumeRole()).send(oss.stsEndpoint());
    Answer post = spoil.apply(StsCalls.assumeRole()).post().send(oss.stsEndpoint());

    for (Answer answer : new Answer[] {get, post}) {
      assertThat(answer.body()).contains("\"Code\":\"" + code + "\"", "\"RequestId\":\"");
      assertThat(answer.status()).isEqualTo(status);
    }
  }

  @Test
  void messagesAreDocumented() throws IOException {
    assertThat(StsCalls.assumeRole().with("Policy", "{}").send(oss.stsEndpoint()).body())
        .contains("\"Message\":\"The parameter Policy has not passed grammar check.\"");
    assertThat(StsCalls.assumeRole().with("RoleArn", "x").send(oss.stsEndpoint()).body())
        .contains("\"Message\":\"The parameter RoleArn is wrongly formed.\"");
    assertThat(StsCalls.assumeRole().without("RoleArn").send(oss.stsEndpoint()).body())
        .contains("\"Message\":\"RoleArn is mandatory for this action.\"");
  }

  @Test
  void wrongSignatureShowsTheExpectedText() throws IOException {
    StsCalls call = StsCalls.assumeRole();
    String signed = call.stringToSign();
    call.secret = "guessed";

    assertThat(call.send(oss.stsEndpoint()).body())
        .contains("server string to sign is:" + signed + "\"");
  }

  @Test
  void acceptsLongestPolicy() throws IOException {
    Answer answer = StsCalls.assumeRole().with("Policy", padded(2048)).send(oss.stsEndpoint());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void tokenGrowsWithThePolicy() throws IOException {
    assertThat(StsCalls.assumeRole().with("Policy", padded(2048)).send(oss.stsEndpoint()).body())
        .hasSizeGreaterThan(StsCalls.assumeRole().send(oss.stsEndpoint()).body().length() + 2000);
  }

  @Test
  void nonceCountsOnce() throws IOException {
    StsCalls call = StsCalls.assumeRole();
    assertThat(call.send(oss.stsEndpoint()).status()).isEqualTo(200);
    Answer replayed = call.send(oss.stsEndpoint());
    assertThat(replayed.status()).isEqualTo(400);
    assertThat(replayed.body()).contains("\"Code\":\"SignatureNonceUsed\"");
  }

  @Test
  void refusedCallDoesNotUseUpItsNonce() throws IOException {
    StsCalls call = StsCalls.assumeRole().with("Signature", "wrong");
    assertThat(call.send(oss.stsEndpoint()).status()).isEqualTo(400);
    assertThat(call.without("Signature").send(oss.stsEndpoint()).status()).isEqualTo(200);
  }

  @Test
  void sessionLastsAnHourByDefault() throws IOException {
    Instant now = Instant.parse("2024-03-15T08:15:30Z");
    try (OssEmulator fixed =
        OssEmulator.builder()
            .accessKey(StsCalls.KEY_ID, StsCalls.SECRET)
            .stsPort(0)
            .clock(Clock.fixed(now, ZoneOffset.UTC))
            .longestSession(Duration.ofHours(12))
            .start()) {
      StsCalls call = StsCalls.assumeRole().with("Timestamp", "2024-03-15T08:15:30Z");
      Answer usual = call.send(fixed.stsEndpoint());
      assertThat(usual.body()).contains("\"Expiration\":\"2024-03-15T09:15:30Z\"");
      Answer longest =
          call.with("DurationSeconds", "43200")
              .with("SignatureNonce", "another")
              .send(fixed.stsEndpoint());
      assertThat(longest.body()).contains("\"Expiration\":\"2024-03-15T20:15:30Z\"");
    }
  }

  @Test
  void dateHeaderIsTheEmulatorsTime() throws IOException {
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofDays(40));
    try (OssEmulator other =
        OssEmulator.builder()
            .accessKey(StsCalls.KEY_ID, StsCalls.SECRET)
            .stsPort(0)
            .clock(ahead)
            .start()) {
      Answer refused = StsCalls.assumeRole().send(other.stsEndpoint());
      assertThat(refused.body()).contains("InvalidTimeStamp.Expired");
      Instant told =
          DateTimeFormatter.RFC_1123_DATE_TIME.parse(refused.header("date"), Instant::from);
      assertThat(told).isBetween(ahead.instant().minusSeconds(20), ahead.instant().plusSeconds(1));
    }
  }

  @Test
  void moreCallsThanTheLimitAreThrottled() throws IOException {
    oss.limitSts(2);
    int throttled = 0;
    for (int i = 0; i < 12; i++) {
      Answer answer = StsCalls.assumeRole().send(oss.stsEndpoint());
      if (answer.status() != 200) {
        throttled++;
        assertThat(answer.body())
            .contains(
                "\"Code\":\"Throttling.User\"",
                "\"Message\":\"Request was denied due to user flow control.\"");
      }
    }
    assertThat(throttled).isPositive();
  }

  @Test
  void journalContainsEveryCall() throws IOException {
    StsCalls.assumeRole().send(oss.stsEndpoint());
    StsCalls.assumeRole().without("RoleArn").send(oss.stsEndpoint());
    assertThat(oss.journal().entries())
        .extracting(JournalEntry::method, JournalEntry::status, JournalEntry::explanation)
        .containsExactly(
            tuple("STS AssumeRole", 200, ""),
            tuple("STS AssumeRole", 400, "the call has no RoleArn"));
  }

  @Test
  void faultsStrikeStsToo() throws IOException {
    oss.faults().add(Fault.refusal(503).on(Faults.STS));
    Answer refused = StsCalls.assumeRole().send(oss.stsEndpoint());
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body()).contains("\"Code\":\"ServiceUnavailable\"");

    oss.faults().add(Fault.drop().on(Faults.STS));
    assertThatThrownBy(() -> StsCalls.assumeRole().send(oss.stsEndpoint()))
        .isInstanceOf(IOException.class);

    oss.faults().add(Fault.loseAnswer().on(Faults.STS));
    assertThatThrownBy(() -> StsCalls.assumeRole().send(oss.stsEndpoint()))
        .isInstanceOf(IOException.class);

    oss.faults().add(Fault.delay(Duration.ofMillis(300)).on(Faults.STS));
    long began = System.nanoTime();
    assertThat(StsCalls.assumeRole().send(oss.stsEndpoint()).status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(299));
  }

  @Test
  void disabledKeyIsRefused() throws IOException {
    try (OssEmulator other =
        OssEmulator.builder()
            .accessKey(StsCalls.KEY_ID, StsCalls.SECRET)
            .stsPort(0)
            .disabledKey("LTAIoff", "secret")
            .start()) {
      StsCalls call = StsCalls.assumeRole().with("AccessKeyId", "LTAIoff");
      call.secret = "secret";
      assertThat(call.send(other.stsEndpoint()).body()).contains("InvalidAccessKeyId.Inactive");
    }
  }

  @Test
  void signature3NeedsTheBodyThatWasSigned() throws IOException {
    Answer answer =
        RawHttp.send(
            oss.stsEndpoint(),
            "POST",
            "/?RoleArn=x",
            Map.of(
                "x-acs-action",
                "AssumeRole",
                "x-acs-version",
                "2015-04-01",
                "x-acs-date",
                Instant.now().toString(),
                "x-acs-content-sha256",
                "00",
                "x-acs-signature-nonce",
                "n",
                "Authorization",
                "ACS3-HMAC-SHA256 Credential=EmulatorAccessKeyId,SignedHeaders=host;x-acs-action;"
                    + "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
                    + "Signature=00"),
            "body".getBytes(UTF_8));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("InvalidContentSha256");
  }

  @Test
  void signature3CoversEveryHeaderOfTheProtocol() throws IOException {
    Answer answer =
        RawHttp.send(
            oss.stsEndpoint(),
            "POST",
            "/?RoleArn=x",
            Map.of(
                "x-acs-action",
                "AssumeRole",
                "x-acs-version",
                "2015-04-01",
                "Authorization",
                "ACS3-HMAC-SHA256 Credential=EmulatorAccessKeyId,SignedHeaders=host,Signature=00"),
            new byte[0]);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("IncompleteSignature");
  }

  @Test
  void rejectsUntrustedOidcToken() throws IOException {
    String provider = "acs:ram::1000000000000000:oidc-provider/cluster";
    try (OssEmulator other =
        OssEmulator.builder()
            .accessKey(StsCalls.KEY_ID, StsCalls.SECRET)
            .stsPort(0)
            .oidcToken(provider, "trusted-token")
            .start()) {
      StsCalls call =
          StsCalls.assumeRole()
              .with("Action", "AssumeRoleWithOIDC")
              .with("OIDCProviderArn", provider)
              .with("OIDCToken", "another-token");
      assertThat(call.post().send(other.stsEndpoint()).body())
          .contains("AuthenticationFail.OIDCToken.Invalid");
      assertThat(call.with("OIDCToken", "trusted-token").send(other.stsEndpoint()).status())
          .isEqualTo(200);
      assertThat(call.with("OIDCProviderArn", provider + "2").send(other.stsEndpoint()).body())
          .contains("EntityNotExist.OIDCProvider");
    }
  }

  @Test
  void bodyOfEndlessLengthIsRefused() throws IOException {
    Answer answer = RawHttp.send(oss.stsEndpoint(), "POST", "/", Map.of(), new byte[1 << 20]);
    assertThat(answer.status()).isEqualTo(413);
  }

  @Test
  void emulatorWithoutStsExplainsHowToEnableIt() {
    try (OssEmulator other = OssEmulator.start()) {
      assertThatThrownBy(other::stsEndpoint)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("This emulator runs no STS. Start it with builder().stsPort(0).");
    }
  }

  @Test
  void rolesHaveToMakeSense() {
    OssEmulator.Builder builder =
        OssEmulator.builder().roleArn("acs:ram::1234567890123456:role/one");
    assertThatThrownBy(() -> builder.roleArn("arn:aws:iam::1:role/x"))
        .hasMessageContaining("is not the ARN of a role");
    assertThatThrownBy(() -> builder.roleArn("acs:ram::1:role/two"))
        .hasMessageContaining("Use one account");
    assertThatThrownBy(() -> builder.roleArn("acs:ram::1234567890123456:role/one"))
        .hasMessageContaining("There are two roles");
    assertThatThrownBy(() -> builder.role("acs:ram::1234567890123456:role/two", "{}"))
        .hasMessageContaining("Version must be \"1\"");
    assertThatThrownBy(() -> builder.oidcToken("cluster", "token"))
        .hasMessageContaining("is not the ARN of an OIDC provider");
    assertThatThrownBy(() -> builder.longestSession(Duration.ofMinutes(59)))
        .hasMessageContaining("1 to 12 hours");
  }

  private static Arguments refusal(
      String name, int status, String code, UnaryOperator<StsCalls> spoil) {
    return Arguments.of(name, status, code, spoil);
  }

  private static String padded(int length) {
    return ALLOW_ALL + " ".repeat(length - ALLOW_ALL.length());
  }
}
