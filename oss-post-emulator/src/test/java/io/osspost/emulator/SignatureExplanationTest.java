package io.osspost.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.TestForm;
import io.osspost.emulator.testing.TestSigner;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A wrong signature is explained by the mistake that results in it. */
class SignatureExplanationTest {
  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss = TestForm.emulator().accessKey("LTAIother", "othersecret").start();
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void secretOfAnotherKeyIsNamedByItsKey() throws IOException {
    TestForm form = new TestForm();
    form.secret = "othersecret";
    assertThat(explanationOf(form))
        .isEqualTo("the secret is that of key 'LTAIother', not of 'LTAIexample'");
  }

  @Test
  void blankBehindTheSecretIsSeen() throws IOException {
    TestForm form = new TestForm();
    form.secret = "examplesecret\n";
    assertThat(explanationOf(form)).contains("white space after the secret");
  }

  @Test
  void jsonSignedInsteadOfItsBase64DiffersAtTheFirstByte() throws IOException {
    TestForm form = new TestForm().signV4();
    String json = form.policyText();
    form.with("x-oss-signature", TestSigner.v4("examplesecret", "20240315", "cn-hangzhou", json));
    assertThat(explanationOf(form))
        .isEqualTo(
            "the signed text is not the policy field, byte for byte (the signed text differs at "
                + "byte 0: '{' instead of 'e')");
  }

  @Test
  void base64WithLineBreaksDiffersAtTheFirstBreak() throws IOException {
    TestForm form = new TestForm();
    form.signature = TestForm.Signature.V1;
    form.sign();
    form.signature = TestForm.Signature.NONE;
    String wrapped = Base64.getMimeEncoder().encodeToString(form.policyText().getBytes(UTF_8));
    form.with("signature", TestSigner.v1("examplesecret", wrapped));
    assertThat(explanationOf(form)).contains("differs at byte 76: 0x0D instead of '");
  }

  @Test
  void signingKeyOfAnotherDayOrRegionIsNamed() throws IOException {
    TestForm yesterday = new TestForm().signV4();
    String policy = yesterday.fields.get("policy");
    yesterday.with(
        "x-oss-signature", TestSigner.v4("examplesecret", "20240314", "cn-hangzhou", policy));
    assertThat(explanationOf(yesterday))
        .isEqualTo(
            "the signing key is for 20240314/cn-hangzhou/oss/aliyun_v4_request,"
                + " the credential for 20240315/cn-hangzhou/oss/aliyun_v4_request");
    TestForm endpoint = new TestForm().signV4();
    endpoint.with(
        "x-oss-signature", TestSigner.v4("examplesecret", "20240315", "oss-cn-hangzhou", policy));
    assertThat(explanationOf(endpoint)).contains("oss-cn-hangzhou");
  }

  @Test
  void signatureInAnotherShapeIsRecognised() throws IOException {
    TestForm upper = new TestForm().signV4();
    String hex = upper.fields.get("x-oss-signature");
    upper.with("x-oss-signature", hex.toUpperCase(Locale.ROOT));
    assertThat(explanationOf(upper)).contains("in upper case");
    TestForm base64 = new TestForm().signV4();
    base64.with(
        "x-oss-signature", Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)));
    assertThat(explanationOf(base64)).contains("in Base64 instead of hex");
    TestForm v1 = new TestForm().signV4();
    v1.with("x-oss-signature", TestSigner.v1("examplesecret", v1.fields.get("policy")));
    assertThat(explanationOf(v1)).isEqualTo("this is a V1 signature in the field of V4");
  }

  @Test
  void unknownMistakeIsLeftOpen() throws IOException {
    TestForm form = new TestForm();
    form.secret = "wrong";
    assertThat(explanationOf(form))
        .isEqualTo(
            "the signature is not the one that key 'LTAIexample' makes for this policy: "
                + "another secret signed it, or the policy was changed after signing");
  }

  @Test
  void requestWithATypeItWasNotSignedWithIsSeen() throws IOException {
    SignedRequest v4 = new SignedRequest("PUT", "a.txt").v4Url();
    v4.with("content-type", "text/html");
    assertThat(explanationOf(v4))
        .startsWith(
            "the request was signed without a Content-Type, but sent with one (the signed"
                + " text differs at byte ");
    SignedRequest v1 = new SignedRequest("PUT", "a.txt").v1Url();
    v1.with("content-type", "text/html");
    assertThat(explanationOf(v1)).startsWith("the request was signed without a Content-Type");
  }

  @Test
  void requestSignedForAnotherMethodIsSeen() throws IOException {
    SignedRequest get = SignedRequest.get("a.txt").v4Header();
    get.method = "HEAD";
    assertThat(explanationOf(get))
        .isEqualTo(
            "the request was signed for GET, but sent as HEAD (the signed text differs at byte 0:"
                + " 'G' instead of 'H')");
  }

  private String explanationOf(TestForm form) throws IOException {
    assertThat(RawHttp.post(oss.endpoint(), "/examplebucket/", form.sign()).member("Code"))
        .isEqualTo("SignatureDoesNotMatch");
    return oss.journal().last().orElseThrow().explanation();
  }

  private String explanationOf(SignedRequest request) throws IOException {
    assertThat(request.send(oss.endpoint()).status()).isEqualTo(403);
    assertThat(oss.journal().last().orElseThrow().code()).contains("SignatureDoesNotMatch");
    return oss.journal().last().orElseThrow().explanation();
  }
}
