package io.osspost.emulator.internal.sts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.StsCalls;
import io.osspost.emulator.testing.TestClock;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens of STS are limited to their session policy, however the request is signed. */
class SessionPolicyTest {
  private static final String TOKEN = "x-oss-security-token";
  private static final Instant NOW = Instant.parse(TestForm.NOW);

  private final TestClock clock = new TestClock(NOW);
  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss = emulator().start();
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  /** The ways to sign a request; each has another place for the security token. */
  enum Way {
    V4_HEADER,
    V4_URL,
    V1_HEADER,
    V1_URL;

    SignedRequest sign(SignedRequest request, String token) {
      return switch (this) {
        case V4_HEADER -> request.with(TOKEN, token).v4Header();
        case V4_URL -> request.query(TOKEN, token).v4Url();
        case V1_HEADER -> request.with(TOKEN, token).v1Header();
        case V1_URL -> request.query("security-token", token).v1Url();
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void everySignatureOfARequestIsHeldToThePolicy(Way way) throws IOException {
    Keys keys = assume(allowPut("user-dir/*"));

    assertThat(send(keys, SignedRequest.put("user-dir/a.txt", "hello"), way).status())
        .isEqualTo(200);
    assertDenied(send(keys, SignedRequest.put("user-dirs/a.txt", "hello"), way));
    assertDenied(send(keys, SignedRequest.put("user-dir", "hello"), way));
    assertDenied(send(keys, SignedRequest.get("user-dir/a.txt"), way));
    assertDenied(send(keys, new SignedRequest("DELETE", "user-dir/a.txt"), way));
    assertThat(oss.keys()).containsExactly("user-dir/a.txt");
  }

  @ParameterizedTest
  @CsvSource({"V4", "V1"})
  void formIsHeldToThePolicy(TestForm.Signature signature) throws IOException {
    TestForm form = form(assume(allowPut("user-dir/*")), signature);
    assertThat(RawHttp.post(oss.endpoint(), "/examplebucket/", form).status()).isEqualTo(200);

    TestForm elsewhere = form(assume(allowPut("another-dir/*")), signature);
    assertDenied(RawHttp.post(oss.endpoint(), "/examplebucket/", elsewhere));

    assertDenied(
        RawHttp.post(
            oss.endpoint(),
            "/examplebucket/",
            form(assume(allow("oss:PostObject", "examplebucket/*")), signature)));
  }

  @Test
  void nameOfTheFileCountsOnceItIsExpanded() throws IOException {
    Keys keys = assume(allowPut("user-dir/photo.png"));
    TestForm form = unsigned(keys);
    form.fields.put("key", "user-dir/${filename}");
    assertThat(RawHttp.post(oss.endpoint(), "/examplebucket/", form.sign()).status())
        .isEqualTo(200);
    assertThat(oss.keys()).containsExactly("user-dir/photo.png");
  }

  @Test
  void publicObjectIsNotReadWithATokenThatMayNotReadIt() throws IOException {
    try (OssEmulator open = emulator().publicRead().start()) {
      Keys keys = assume(open, call -> call.with("Policy", allowPut("user-dir/*")));
      assertUploads(open, keys);
      assertThat(SignedRequest.get("user-dir/a.txt").send(open.endpoint()).body())
          .isEqualTo("hello");
      assertDenied(
          keys.apply(SignedRequest.get("user-dir/a.txt")).v4Header().send(open.endpoint()));
    }
  }

  @Test
  void publicObjectIsReadByARoleThatMayNotEither() throws IOException {
    String role = "acs:ram::1000000000000000:role/writer";
    try (OssEmulator open = emulator().role(role, allowPut("user-dir/*")).publicRead().start()) {
      Keys keys = assume(open, call -> call.with("RoleArn", role));
      assertUploads(open, keys);
      assertThat(
              keys.apply(SignedRequest.get("user-dir/a.txt"))
                  .v4Header()
                  .send(open.endpoint())
                  .body())
          .isEqualTo("hello");
      Answer elsewhere =
          keys.apply(SignedRequest.put("b.txt", "hello")).v4Header().send(open.endpoint());
      assertThat(elsewhere.status()).isEqualTo(403);
      assertThat(elsewhere.member("EC")).isEqualTo("0003-00000001");
    }
  }

  @Test
  void denialOfTheRoleTakesPrecedence() throws IOException {
    String role = "acs:ram::1000000000000000:role/careful";
    String policy =
        "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"oss:*\",\"Resource\":"
            + "\"*\"},{\"Effect\":\"Deny\",\"Action\":\"oss:PutObject\",\"Resource\":\"*\","
            + "\"Condition\":{\"StringLike\":{\"oss:x-oss-object-acl\":\"public-*\"}}}]}";
    try (OssEmulator other = emulator().role(role, policy).start()) {
      Keys keys =
          assume(other, call -> call.with("RoleArn", role).with("Policy", allowPut("user-dir/*")));
      Answer open =
          keys.apply(SignedRequest.put("user-dir/a.txt", "x"))
              .with("x-oss-object-acl", "public-read")
              .v4Header()
              .send(other.endpoint());
      assertThat(open.status()).isEqualTo(403);
      assertThat(open.member("Code")).isEqualTo("AccessDenied");
      assertThat(open.member("EC")).isEqualTo("0003-00000201");
      assertThat(open.member("NoPermissionType")).isEqualTo("ExplicitDeny");

      TestForm form = unsigned(keys);
      form.fields.put("x-oss-object-acl", "public-read-write");
      Answer posted = RawHttp.post(other.endpoint(), "/examplebucket/", form.sign());
      assertThat(posted.member("EC")).isEqualTo("0003-00000201");

      assertThat(
              keys.apply(SignedRequest.put("user-dir/a.txt", "x"))
                  .v4Header()
                  .send(other.endpoint())
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void tagsNeedAnActionOfTheirOwn() throws IOException {
    Keys keys = assume(allowPut("user-dir/*"));
    assertDenied(
        keys.apply(SignedRequest.put("user-dir/a.txt", "x"))
            .with("x-oss-tagging", "a=1")
            .v4Header()
            .send(oss.endpoint()));
  }

  @ParameterizedTest
  @CsvSource({
    "*, user-2/a.txt, 200",
    "?, x/a.txt, 200",
    "user-?, user-2/a.txt, 200",
    "${acs:UserName}, alice/a.txt, 403",
    "${acs:UserName}, ${acs:UserName}/a.txt, 200",
    "${oss:Prefix}, user-2/a.txt, 403",
    "a/../b, b/a.txt, 403",
    "a/../b, a/../b/a.txt, 200",
    "user-1, user-1/../user-2/a.txt, 200",
    "user-1, user-10/a.txt, 403",
    "user-1, USER-1/a.txt, 403",
    "user-1, user-1, 403",
    "'', a.txt, 403",
    "'', /a.txt, 400",
    "%2A, user-2/a.txt, 403",
    "张三, 张三/a.txt, 200",
    "张三, 张四/a.txt, 403",
  })
  void hostilePrincipalInAPolicyMeansWhatItMeansToRam(String principal, String key, int status)
      throws IOException {
    Keys keys = assume(allowPut(principal + "/*"));
    Answer answer = keys.apply(SignedRequest.put(key, "x")).v4Header().send(oss.endpoint());
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
  }

  @Test
  void bucketNeedsPermissionsOfItsOwn() throws IOException {
    Keys writer = assume(allowPut("*"));
    assertDenied(
        writer
            .apply(new SignedRequest("GET", "").query("bucketInfo", ""))
            .v4Header()
            .send(oss.endpoint()));
    Keys reader = assume(allow("oss:GetBucketInfo", "examplebucket"));
    assertThat(
            reader
                .apply(new SignedRequest("GET", "").query("bucketInfo", ""))
                .v4Header()
                .send(oss.endpoint())
                .status())
        .isEqualTo(200);
    assertDenied(
        reader
            .apply(new SignedRequest("GET", "").query("location", ""))
            .v4Header()
            .send(oss.endpoint()));
  }

  @Test
  void journalNamesTheMissingPermission() throws IOException {
    Keys keys = assume(allowPut("user-dir/*"));
    keys.apply(SignedRequest.put("b.txt", "x")).v4Header().send(oss.endpoint());
    assertThat(oss.journal().last().orElseThrow().explanation())
        .isEqualTo(
            "the session policy does not allow 'EmulatorRole:alice' oss:PutObject on"
                + " acs:oss:cn-hangzhou:1000000000000000:examplebucket/b.txt");
  }

  @Test
  void tokenExpiresWithItsSession() throws IOException {
    Keys keys = assume(allowPut("user-dir/*"));
    clock.advance(Duration.ofHours(1));
    SignedRequest late = keys.apply(SignedRequest.put("user-dir/a.txt", "x"));
    late.signedAt = clock.instant();

    Answer answer = late.v4Header().send(oss.endpoint());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.member("Code")).isEqualTo("SecurityTokenExpired");
    assertThat(answer.member("EC")).isEqualTo("0002-00000007");
  }

  @Test
  void keyAndTokenOfTwoSessionsDoNotMatch() throws IOException {
    Keys one = assume(allowPut("user-dir/*"));
    Keys two = assume(allowPut("user-dir/*"));
    Answer answer =
        new Keys(one.id, one.secret, two.token)
            .apply(SignedRequest.put("user-dir/a.txt", "x"))
            .v4Header()
            .send(oss.endpoint());
    assertThat(answer.member("Code")).isEqualTo("AccessKeyIdAndSecurityTokenNotMatch");
  }

  private static void assertUploads(OssEmulator oss, Keys keys) throws IOException {
    Answer answer =
        keys.apply(SignedRequest.put("user-dir/a.txt", "hello")).v4Header().send(oss.endpoint());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private static void assertDenied(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(403);
    assertThat(answer.member("Code")).isEqualTo("AccessDenied");
    assertThat(answer.member("Message")).isEqualTo("Access denied by authorizer's policy.");
    assertThat(answer.member("EC")).isEqualTo("0003-00000301");
    assertThat(answer.member("AccessDeniedDetail")).isNotBlank();
    assertThat(answer.member("PolicyType")).isEqualTo("SessionPolicy");
    assertThat(answer.member("NoPermissionType")).isEqualTo("ImplicitDeny");
    assertThat(answer.member("AuthPrincipalDisplayName")).isEqualTo("EmulatorRole:alice");
    assertThat(answer.member("AuthAction")).startsWith("oss:");
  }

  private Answer send(Keys keys, SignedRequest request, Way way) throws IOException {
    keys.apply(request).headers.remove(TOKEN);
    return way.sign(request, keys.token).send(oss.endpoint());
  }

  private OssEmulator.Builder emulator() {
    return OssEmulator.builder()
        .accessKey(StsCalls.KEY_ID, StsCalls.SECRET)
        .stsPort(0)
        .clock(clock);
  }

  private Keys assume(String policy) throws IOException {
    return assume(oss, call -> call.with("Policy", policy));
  }

  private static Keys assume(OssEmulator oss, UnaryOperator<StsCalls> change) throws IOException {
    StsCalls call = StsCalls.assumeRole().with("Timestamp", TestForm.NOW);
    call.parameters.put("RoleArn", oss.roleArn());
    Answer answer = change.apply(call).post().send(oss.stsEndpoint());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonObject credentials =
        JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonObject("Credentials");
    return new Keys(
        credentials.get("AccessKeyId").getAsString(),
        credentials.get("AccessKeySecret").getAsString(),
        credentials.get("SecurityToken").getAsString());
  }

  private static TestForm form(Keys keys, TestForm.Signature signature) {
    TestForm form = unsigned(keys);
    form.signature = signature;
    return form.sign();
  }

  private static TestForm unsigned(Keys keys) {
    TestForm form = new TestForm();
    form.keyId = keys.id;
    form.secret = keys.secret;
    form.fields.put(TOKEN, keys.token);
    form.v4Conditions.add(TOKEN);
    return form;
  }

  private static String allowPut(String keys) {
    return allow("oss:PutObject", "examplebucket/" + keys);
  }

  private static String allow(String action, String resource) {
    return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\""
        + action
        + "\"],\"Resource\":[\"acs:oss:*:*:"
        + resource
        + "\"]}]}";
  }

  private record Keys(String id, String secret, String token) {
    SignedRequest apply(SignedRequest request) {
      request.keyId = id;
      request.secret = secret;
      request.headers.put(TOKEN, token);
      return request;
    }
  }
}
