package io.osspost.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * The compared ways to make a grant, and their lower bounds. In each group the first is this
 * library, and the others are measured against it.
 */
enum Contender {
  OSS_POST("oss-post, prefix grant, v4"),
  OSS_POST_EXACT_V4("oss-post, exact grant, v4"),
  OSS_POST_EXACT_FORM("oss-post, exact grant, form"),
  OSS_POST_OUT_OF_THE_BOX("oss-post, prefix grant, nothing configured"),
  TUTORIAL("the tutorial's way, as it stands"),
  TUTORIAL_REVIEWED("the tutorial's way, mapper and formatters kept"),
  ALIYUN_SDK_V4("aliyun-sdk-oss, V4"),
  ALIYUN_SDK_V1("aliyun-sdk-oss, V1"),
  MINIO("minio PostPolicy (S3)"),
  CAREFUL_JACKSON("careful Jackson code"),
  BARE_SIGNATURE("bare: Base64 and HMAC of the policy"),
  FLOOR("floor: two compressions and a fresh body"),

  OSS_POST_URL("oss-post, the URL alone"),
  OSS_POST_PUT("oss-post, the whole grant: admitted and named"),
  ALIYUN_SDK_URL_V4("aliyun-sdk-oss, V4"),
  ALIYUN_SDK_URL_V1("aliyun-sdk-oss, V1"),
  ALIYUN_SDK_V2_URL_V4("alibabacloud-oss-v2, V4, its signer alone"),
  BARE_URL_SIGNATURE("bare: SHA-256 and HMAC of the canonical request");

  /** The kind of the grant. Only contenders of the same kind are compared. */
  enum Trade {
    FORM("A form to post"),
    URL("A URL to put to");

    private final String title;

    Trade(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    List<Contender> contenders() {
      return Stream.of(Contender.values()).filter(contender -> contender.trade() == this).toList();
    }
  }

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  Trade trade() {
    return compareTo(OSS_POST_URL) < 0 ? Trade.FORM : Trade.URL;
  }

  Granter open(Task task) {
    return switch (this) {
      case OSS_POST -> OssPost.prefixGrant(task);
      case OSS_POST_EXACT_V4 -> OssPost.exactGrant(task);
      case OSS_POST_EXACT_FORM -> OssPost.exactForm(task);
      case OSS_POST_OUT_OF_THE_BOX -> OssPost.outOfTheBox(task);
      case TUTORIAL -> new Tutorial(task);
      case TUTORIAL_REVIEWED -> new Tutorial.Reviewed(task);
      case ALIYUN_SDK_V4 -> AliyunSdk.v4(task);
      case ALIYUN_SDK_V1 -> AliyunSdk.v1(task);
      case MINIO -> new Minio(task);
      case CAREFUL_JACKSON -> new CarefulJackson(task);
      case BARE_SIGNATURE -> Bounds.bareSignature(task, policyOf(typicalAnswer(task)));
      case FLOOR -> Bounds.floor(typicalAnswer(task));
      case OSS_POST_URL -> OssPost.url(task);
      case OSS_POST_PUT -> OssPost.putGrant(task);
      case ALIYUN_SDK_URL_V4 -> AliyunSdkUrl.v4(task);
      case ALIYUN_SDK_URL_V1 -> AliyunSdkUrl.v1(task);
      case ALIYUN_SDK_V2_URL_V4 -> new AliyunSdkV2Url(task);
      case BARE_URL_SIGNATURE ->
          Bounds.bareUrlSignature(task, OssPost.url(task).grant("user-1000"));
    };
  }

  private static byte[] typicalAnswer(Task task) {
    return OssPost.prefixGrant(task).grant("user-1000");
  }

  /** Returns the text of the policy in an answer. Enough for answers without escapes. */
  private static byte[] policyOf(byte[] answer) {
    String json = new String(answer, UTF_8);
    int from = json.indexOf("\"policy\":\"") + "\"policy\":\"".length();
    return Base64.getDecoder().decode(json.substring(from, json.indexOf('"', from)));
  }
}
