package io.osspost.emulator.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.TestForm;
import io.osspost.emulator.testing.TestSigner;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What OSS refuses, by status, Code and EC. A row whose EC or Code no page of the vendor pairs with
 * the cause is marked "our choice"; the other rows are documented.
 */
class PostObjectRefusalsTest {
  private static OssEmulator oss;

  @BeforeAll
  static void start() {
    oss =
        OssEmulator.builder()
            .accessKey("LTAIexample", "examplesecret")
            .temporaryKey(
                "STS.living", "stssecret", "token-a", Instant.parse("2024-03-15T09:00:00Z"))
            .temporaryKey(
                "STS.expired", "stssecret", "token-b", Instant.parse("2024-03-15T08:00:00Z"))
            .clock(Clock.fixed(Instant.parse(TestForm.NOW), ZoneOffset.UTC))
            .start();
  }

  @AfterAll
  static void stop() {
    oss.close();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        // --- framing of the form
        row(
            "no file",
            400,
            "MalformedPOSTRequest",
            "0006-00000107",
            f -> f.withFile = false), // Code is our choice
        row(
            "body cut off",
            400,
            "MalformedPOSTRequest",
            "0006-00000104",
            f -> f.closed = false), // Code is our choice
        row(
            "part without a name",
            400,
            "MalformedPOSTRequest",
            "0006-00000103",
            f -> f.with("", "v")), // our choice
        row(
            "field name over 8 KB",
            400,
            "FieldItemTooLong",
            "0006-00000110",
            f -> f.with("n".repeat(8193), "v")),
        row(
            "field name over 16 KB",
            400,
            "FieldItemTooLong",
            "0006-00000110",
            f -> f.with("n".repeat(20_000), "v")),
        row(
            "field value over 2 MB",
            400,
            "FieldItemTooLong",
            "0006-00000111",
            f -> f.with("big", "v".repeat((2 << 20) + 1))), // our choice
        row(
            "fields over 8 MB together",
            400,
            "MaxPOSTPreDataLengthExceededError",
            "0006-00000112",
            PostObjectRefusalsTest::fiveFieldsOfTwoMegabytes),
        row(
            "two files",
            400,
            "IncorrectNumberOfFilesInPOSTRequest",
            null,
            f -> f.fieldsAfterFile.put("file", "again")),
        row(
            "unknown header line in a part",
            400,
            "InvalidArgument",
            null,
            f -> f.with("a\"\r\nX-Other: \"b", "v")),
        row(
            "a field twice",
            400,
            "InvalidArgument",
            null,
            f -> f.with("KEY", "user-dir/other.png")), // our choice

        // --- the key
        row("key after file", 400, "InvalidArgument", null, signed(f -> moveBehindFile(f, "key"))),
        row("no key", 400, "InvalidArgument", null, f -> f.fields.remove("key")),
        row("empty key", 400, "InvalidObjectName", "0016-00000001", f -> f.with("key", "")),
        row(
            "key over 1023 bytes",
            400,
            "InvalidObjectName",
            "0016-00000003",
            f -> f.with("key", "user-dir/" + "字".repeat(339))),
        row(
            "key with leading slash",
            400,
            "InvalidObjectName",
            "0016-00000005",
            f -> f.with("key", "/user-dir/a.png")),
        row(
            "key with leading backslash",
            400,
            "InvalidObjectName",
            "0016-00000005",
            f -> f.with("key", "\\user-dir")),

        // --- the signature's fields
        row(
            "no policy",
            400,
            "InvalidArgument",
            "0002-00000702",
            signed(f -> f.fields.remove("policy"))),
        row(
            "policy after file",
            400,
            "InvalidArgument",
            "0002-00000702",
            signed(f -> moveBehindFile(f, "policy"))),
        row(
            "no signature",
            400,
            "InvalidArgument",
            "0002-00000703",
            signed(f -> f.fields.remove("x-oss-signature"))), // our choice for V4
        row(
            "empty signature",
            400,
            "InvalidArgument",
            "0002-00000704",
            f -> f.with("x-oss-signature", "")),
        row(
            "unknown signature version",
            400,
            "InvalidArgument",
            "0002-00000701",
            f -> f.with("x-oss-signature-version", "OSS2")), // Code is our choice
        row(
            "V4 fields without a version count as V1",
            400,
            "InvalidArgument",
            "0002-00000706",
            signed(f -> f.fields.remove("x-oss-signature-version"))),
        row(
            "no credential",
            400,
            "InvalidArgument",
            "0002-00000708",
            signed(f -> f.fields.remove("x-oss-credential"))), // our choice
        row(
            "no date",
            400,
            "InvalidArgument",
            null,
            signed(f -> f.fields.remove("x-oss-date"))), // our choice
        row(
            "V1 without key id",
            400,
            "InvalidArgument",
            "0002-00000706",
            v1(f -> f.fields.remove("OSSAccessKeyId"))),
        row(
            "V1 with empty key id",
            400,
            "InvalidArgument",
            "0002-00000707",
            v1(f -> f.with("OSSAccessKeyId", ""))),
        row(
            "V1 without signature",
            400,
            "InvalidArgument",
            "0002-00000703",
            v1(f -> f.fields.remove("signature"))),
        row(
            "V1 with empty signature",
            400,
            "InvalidArgument",
            "0002-00000704",
            v1(f -> f.with("signature", ""))),
        row(
            "unsigned form on a private bucket",
            403,
            "AccessDenied",
            "0003-00000001",
            form -> form.signature = TestForm.Signature.NONE),

        // --- the credential: causes are documented, Code is our choice in this block
        row(
            "credential without terminator",
            400,
            "InvalidArgument",
            "0002-00000710",
            f -> f.credential = "LTAIexample/20240315/cn-hangzhou/oss"),
        row(
            "credential of another service",
            400,
            "InvalidArgument",
            "0002-00000710",
            f -> f.credential = "LTAIexample/20240315/cn-hangzhou/s3/aliyun_v4_request"),
        row(
            "credential without key id",
            400,
            "InvalidArgument",
            "0002-00000708",
            f -> f.credential = "/20240315/cn-hangzhou/oss/aliyun_v4_request"),
        row(
            "credential with a bad day",
            400,
            "InvalidArgument",
            "0002-00000709",
            f -> f.credential = "LTAIexample/20240230/cn-hangzhou/oss/aliyun_v4_request"),
        row(
            "wrong region in the credential",
            400,
            "InvalidArgument",
            "0002-00000226",
            f -> f.region = "cn-shanghai"), // EC is our choice too
        row(
            "day of the credential is not that of the date",
            400,
            "InvalidArgument",
            "0002-00000709",
            f -> f.day = "20240314"),
        row("malformed date", 400, "InvalidArgument", null, f -> f.date = "2024-03-15T08:15:30Z"),
        row(
            "date more than 15 minutes ahead",
            403,
            "RequestTimeTooSkewed",
            "0002-00000709",
            f -> f.date = "20240315T083031Z"),
        row(
            "date more than 7 days back",
            403,
            "AccessDenied",
            "0002-00000709",
            f -> {
              f.day = "20240308";
              f.date = "20240308T081529Z";
            }),

        // --- key and token
        row(
            "unknown key id",
            403,
            "InvalidAccessKeyId",
            "0002-00000902",
            f -> f.keyId = "LTAIother"),
        row("wrong secret", 403, "SignatureDoesNotMatch", "0002-00000040", f -> f.secret = "wrong"),
        row(
            "tampered policy",
            403,
            "SignatureDoesNotMatch",
            "0002-00000040",
            signed(
                f -> f.with("policy", TestSigner.base64(f.policyText().replace("user-dir/", ""))))),
        row(
            "upper-case signature",
            403,
            "SignatureDoesNotMatch",
            "0002-00000040",
            signed(PostObjectRefusalsTest::raiseSignature)), // our choice
        row(
            "V1 with wrong secret",
            403,
            "SignatureDoesNotMatch",
            "0002-00000040",
            f -> {
              f.secret = "wrong";
              f.signV1();
            }),
        row(
            "temporary key without token",
            403,
            "InvalidAccessKeyId",
            "0002-00000003",
            f -> temporary(f, "STS.living", null)), // Code is our choice
        row(
            "token of another key",
            403,
            "AccessKeyIdAndSecurityTokenNotMatch",
            "0002-00000004",
            f -> temporary(f, "STS.living", "token-b")),
        row(
            "unknown token",
            403,
            "InvalidSecurityToken",
            "0002-00000006",
            f -> temporary(f, "STS.living", "undefined")),
        row(
            "expired token",
            403,
            "SecurityTokenExpired",
            "0002-00000007",
            f -> temporary(f, "STS.expired", "token-b")),
        row(
            "permanent key with a token",
            403,
            "InvalidSecurityToken",
            "0002-00000006",
            f -> f.with("x-oss-security-token", "undefined")), // our choice

        // --- the policy text: EC and cause are documented, the pairing with the Code is our choice
        row(
            "empty policy",
            400,
            "InvalidPolicyDocument",
            "0006-00000205",
            f -> f.with("policy", "")),
        row(
            "policy not Base64",
            400,
            "InvalidPolicyDocument",
            "0006-00000201",
            f -> f.with("policy", "{}{}")),
        row(
            "policy Base64 without padding",
            400,
            "InvalidPolicyDocument",
            "0006-00000201",
            f -> f.with("policy", "e30")),

        // --- what the policy says
        row(
            "expired policy",
            403,
            "AccessDenied",
            "0006-00000213",
            f -> f.expiration = "2024-03-15T08:15:30.000Z"),
        row(
            "key outside the prefix",
            403,
            "AccessDenied",
            "0006-00000227",
            f -> f.with("key", "other-dir/photo.png")),
        row(
            "type not in the list",
            403,
            "AccessDenied",
            "0006-00000227",
            f -> f.fileType = "text/html"),
        row(
            "status other than pinned",
            403,
            "AccessDenied",
            "0006-00000227",
            f -> f.with("success_action_status", "201")),
        row(
            "bucket other than pinned",
            403,
            "AccessDenied",
            "0006-00000227",
            f -> f.condition("{\"bucket\":\"other\"}")),
        row(
            "value of other case",
            403,
            "AccessDenied",
            "0006-00000227",
            f -> f.condition("[\"starts-with\",\"$key\",\"User-dir/\"]")),
        row(
            "value in a not-in list",
            403,
            "AccessDenied",
            "0006-00000227",
            f -> f.condition("[\"not-in\",\"$key\",[\"user-dir/photo.png\"]]")),
        row(
            "field of a condition not sent",
            403,
            "AccessDenied",
            "0006-00000226",
            f -> f.condition("[\"starts-with\",\"$x-oss-meta-tag\",\"\"]")),
        row(
            "field of not-in not sent",
            403,
            "AccessDenied",
            "0006-00000226",
            f -> f.condition("[\"not-in\",\"$cache-control\",[\"no-store\"]]")), // our choice
        row(
            "no type at all under a type condition",
            403,
            "AccessDenied",
            "0006-00000226",
            f -> f.fileType = null), // our choice
        row(
            "field of a condition after file",
            403,
            "AccessDenied",
            "0006-00000226",
            signed(f -> moveBehindFile(f, "success_action_status"))),
        row(
            "V4 version not covered",
            403,
            "AccessDenied",
            "0006-00000228",
            f -> f.v4Conditions.remove("x-oss-signature-version")),
        row(
            "V4 credential not covered",
            403,
            "AccessDenied",
            "0006-00000228",
            f -> f.v4Conditions.remove("x-oss-credential")),
        row(
            "V4 date not covered",
            403,
            "AccessDenied",
            "0006-00000228",
            f -> f.v4Conditions.remove("x-oss-date")),
        row(
            "token not covered",
            403,
            "AccessDenied",
            "0006-00000228",
            f -> temporaryUncovered(f)), // our choice: strict
        row("too small", 400, "EntityTooSmall", "0006-00000004", f -> f.content = new byte[0]),
        row(
            "too large",
            400,
            "EntityTooLarge",
            "0006-00000003",
            f -> f.content = new byte[1048577]),
        row(
            "too large for the second of two ranges",
            400,
            "EntityTooLarge",
            "0006-00000003",
            f -> f.condition("[\"content-length-range\",0,5]")), // our choice

        // --- values of the object's own fields
        row(
            "unknown object ACL",
            400,
            "InvalidArgument",
            null,
            f -> f.with("x-oss-object-acl", "public")),
        row(
            "unknown storage class",
            400,
            "InvalidArgument",
            null,
            f -> f.with("x-oss-storage-class", "STANDARD")), // our choice
        row(
            "unknown encryption",
            400,
            "InvalidEncryptionAlgorithmError",
            "0005-00000003",
            f -> f.with("x-oss-server-side-encryption", "DES")), // our choice
        row(
            "forbid-overwrite not true or false",
            400,
            "InvalidArgument",
            "0017-00000279",
            f -> f.with("x-oss-forbid-overwrite", "yes")), // Code is our choice
        row(
            "metadata over 8 KB",
            400,
            "InvalidArgument",
            "0011-00000002",
            f -> f.with("x-oss-meta-a", "v".repeat(8192))), // Code is our choice
        row(
            "line end in a stored header",
            400,
            "InvalidArgument",
            null,
            f -> f.with("Cache-Control", "a\r\nSet-Cookie: b")), // our choice
        row(
            "line end in the redirect",
            400,
            "InvalidArgument",
            null,
            f -> f.with("success_action_redirect", "http://a/\r\nSet-Cookie: b")), // our choice
        row(
            "callback without a URL",
            400,
            "InvalidArgument",
            "0007-00000004",
            f -> f.with("callback", "e30=")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void refuses(String what, int status, String code, String ec, Consumer<TestForm> spoil)
      throws IOException {
    TestForm form = new TestForm();
    spoil.accept(form);

    Answer answer = RawHttp.post(oss.endpoint(), "/examplebucket/", form.sign());

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.member("Code")).isEqualTo(code);
    assertThat(answer.member("EC")).isEqualTo(ec);
    assertThat(answer.header("x-oss-ec")).isEqualTo(ec);
    assertThat(oss.keys()).isEmpty();
  }

  @Test
  void errorDocumentHasTheDocumentedMembersInOrder() throws IOException {
    TestForm form = new TestForm().signV4().with("x-oss-signature", "0".repeat(64));

    Answer answer = RawHttp.post(oss.endpoint(), "/examplebucket/", form);

    assertThat(answer.header("content-type")).isEqualTo("application/xml");
    assertThat(answer.header("server")).isEqualTo("AliyunOSS");
    assertThat(answer.header("x-oss-request-id")).matches("[0-9A-F]{24}");
    assertThat(answer.header("x-oss-server-time")).matches("\\d+");
    assertThat(answer.member("RequestId")).isEqualTo(answer.header("x-oss-request-id"));
    assertThat(answer.member("HostId")).isEqualTo("127.0.0.1:" + oss.port());
    assertThat(answer.member("OSSAccessKeyId")).isEqualTo("LTAIexample");
    assertThat(answer.member("SignatureProvided")).isEqualTo("0".repeat(64));
    assertThat(answer.member("StringToSign")).isEqualTo(form.fields.get("policy"));
    assertThat(answer.member("StringToSignBytes")).startsWith("65 79 4A");
    assertThat(answer.member("RecommendDoc"))
        .isEqualTo("https://api.aliyun.com/troubleshoot?q=0002-00000040");
    assertThat(answer.body())
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>")
        .containsSubsequence(
            "<Message>", "<RequestId>", "<HostId>", "<OSSAccessKeyId>", "<EC>", "<RecommendDoc>");
  }

  @Test
  void failedConditionIsQuotedWithSpacesAfterCommas() throws IOException {
    TestForm form = new TestForm().with("success_action_status", "204").signV4();
    assertThat(RawHttp.post(oss.endpoint(), "/examplebucket/", form).member("Message"))
        .isEqualTo(
            "Invalid according to Policy: Policy Condition failed: [\"eq\","
                + " \"$success_action_status\", \"200\"]");
  }

  @Test
  void uncoveredFieldIsNamed() throws IOException {
    TestForm form = new TestForm();
    form.v4Conditions.remove("x-oss-credential");
    assertThat(RawHttp.post(oss.endpoint(), "/examplebucket/", form.signV4()).member("Message"))
        .isEqualTo("Invalid according to Policy: Extra input fields: x-oss-credential");
  }

  @Test
  void skewedClockIsToldTheServerTime() throws IOException {
    TestForm form = new TestForm();
    form.date = "20240315T235959Z";
    Answer answer = RawHttp.post(oss.endpoint(), "/examplebucket/", form.signV4());
    assertThat(answer.member("ServerTime")).isEqualTo(TestForm.NOW);
    assertThat(answer.member("MaxAllowedSkewMilliseconds")).isEqualTo("900000");
  }

  private static Arguments row(
      String what, int status, String code, String ec, Consumer<TestForm> spoil) {
    return arguments(what, status, code, ec, spoil);
  }

  /** Spoils a form that is already signed. */
  private static Consumer<TestForm> signed(Consumer<TestForm> spoil) {
    return form -> form.afterSigning = spoil;
  }

  private static Consumer<TestForm> v1(Consumer<TestForm> spoil) {
    return form -> {
      form.signature = TestForm.Signature.V1;
      form.afterSigning = spoil;
    };
  }

  private static void moveBehindFile(TestForm form, String field) {
    String value = form.fields.remove(field);
    if (value != null) {
      form.fieldsAfterFile.put(field, value);
    }
  }

  private static void raiseSignature(TestForm form) {
    form.fields.merge("x-oss-signature", "", (hex, none) -> hex.toUpperCase(Locale.ROOT));
  }

  private static void temporary(TestForm form, String keyId, String token) {
    temporaryUncovered(form);
    form.keyId = keyId;
    if (token == null) {
      form.fields.remove("x-oss-security-token");
    } else {
      form.with("x-oss-security-token", token);
      form.v4Conditions.add("x-oss-security-token");
    }
  }

  private static void temporaryUncovered(TestForm form) {
    form.keyId = "STS.living";
    form.secret = "stssecret";
    form.with("x-oss-security-token", "token-a");
  }

  private static void fiveFieldsOfTwoMegabytes(TestForm form) {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      form.with(name, "v".repeat(2 << 20));
    }
  }
}
