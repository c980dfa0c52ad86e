package io.osspost.emulator.internal.sts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Known answers: the first from the vendor's document, the second computed separately. */
class CallSignatureTest {
  private static final String NO_BODY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @Test
  void version1SignsTheDocumentsExample() throws StsRefusedException {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("SignatureVersion", "1.0");
    query.put("Format", "JSON");
    query.put("Timestamp", "2015-09-01T05:57:34Z");
    query.put("RoleArn", "acs:ram::1234567890123:role/firstrole");
    query.put("RoleSessionName", "client");
    query.put("AccessKeyId", "testid");
    query.put("SignatureMethod", "HMAC-SHA1");
    query.put("Version", "2015-04-01");
    query.put("Action", "AssumeRole");
    query.put("SignatureNonce", "571f8fb8-506e-11e5-8e12-b8e8563dc8d2");
    query.put("Signature", "gNI7b0AyKZHxDgjBGPDgJ1Ce3L4=");

    RpcSignature signature =
        RpcSignature.read(new StsCall("GET", "sts.aliyuncs.com", query, query, Map.of(), NO_BODY));

    assertThat(signature.stringToSign())
        .isEqualTo(
            "GET&%2F&AccessKeyId%3Dtestid%26Action%3DAssumeRole%26Format%3DJSON%26RoleArn%3Dacs"
                + "%253Aram%253A%253A1234567890123%253Arole%252Ffirstrole%26RoleSessionName"
                + "%3Dclient%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D571f8fb8-506e-11e5"
                + "-8e12-b8e8563dc8d2%26SignatureVersion%3D1.0%26Timestamp%3D2015-09-01T05%253A57"
                + "%253A34Z%26Version%3D2015-04-01");
    assertThat(signature.computed("testsecret")).isEqualTo("gNI7b0AyKZHxDgjBGPDgJ1Ce3L4=");
  }

  @Test
  void version3SignsTheExampleOfTheReference() throws StsRefusedException {
    Map<String, String> query =
        Map.of(
            "DurationSeconds",
            "3600",
            "RoleArn",
            "acs:ram::1234567890123:role/firstrole",
            "RoleSessionName",
            "client");
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", "sts.cn-hangzhou.aliyuncs.com");
    headers.put("x-acs-action", "AssumeRole");
    headers.put("x-acs-version", "2015-04-01");
    headers.put("x-acs-date", "2024-03-15T08:15:30Z");
    headers.put("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d");
    headers.put("x-acs-content-sha256", NO_BODY);
    String signed = String.join(";", headers.keySet());
    headers.put(
        "authorization",
        "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders="
            + signed
            + ",Signature=1bed253465ab6de8027202fa2ca04bd33f3b25a148ee6e19158f1eb811513faf");

    Acs3Signature signature =
        Acs3Signature.read(
            new StsCall("POST", "sts.cn-hangzhou.aliyuncs.com", query, query, headers, NO_BODY));

    assertThat(signature.stringToSign())
        .isEqualTo(
            "ACS3-HMAC-SHA256\n"
                + "beae3d0bd8d30dcb519a467677a27b8b23b971f9190bf39504069b729779fe0b");
    assertThat(signature.computed("testsecret")).isEqualTo(signature.sent());
  }
}
