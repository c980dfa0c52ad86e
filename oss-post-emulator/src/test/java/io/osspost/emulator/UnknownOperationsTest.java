package io.osspost.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.oss.internal.SignParameters;
import com.aliyun.sdk.service.oss2.signer.SignerV1;
import io.osspost.emulator.testing.RawHttp;
import io.osspost.emulator.testing.RawHttp.Answer;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An unsupported operation is answered 501, and loses no data. */
class UnknownOperationsTest {
  /** Parameters that the vendor's signers know and that do not name an operation. */
  private static final Set<String> NOT_OPERATIONS =
      Set.of(
          "response-content-type",
          "response-content-language",
          "response-expires",
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding",
          "security-token",
          "callback",
          "callback-var",
          "continuation-token",
          "sequential",
          "tag-key",
          "tag-value",
          "x-oss-traffic-limit",
          "x-oss-request-payer",
          "x-oss-ac-source-ip",
          "x-oss-ac-subnet-mask",
          "x-oss-ac-vpc-id",
          "x-oss-ac-forward-allow",
          "x-oss-enable-md5",
          "x-oss-enable-sha1",
          "x-oss-enable-sha256",
          "x-oss-hash-ctx",
          "x-oss-md5-ctx");

  private static OssEmulator oss;

  @BeforeAll
  static void start() throws IOException {
    oss = OssEmulator.builder().publicReadWrite().start();
    assertThat(send("PUT", "/examplebucket/kept", "content").status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    oss.close();
  }

  static Stream<String> names() throws ReflectiveOperationException {
    Set<String> names = new TreeSet<>(ofReference());
    names.addAll(ofAliyunSdk());
    names.addAll(ofOssV2());
    names.removeAll(NOT_OPERATIONS);
    names.remove("uploads"); // It starts a multipart upload, which does not change the object.
    return names.stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void subresourceNeverBecomesThePlainOperation(String name) throws IOException {
    for (String value : List.of("", "=", "=x")) {
      for (String path : List.of("/", "/examplebucket/", "/examplebucket/kept")) {
        for (String method : List.of("PUT", "DELETE", "POST")) {
          Answer answer = send(method, path + "?" + name + value, "<Other/>");
          assertThat(answer.status()).as(method + " " + path + "?" + name).isNotIn(200, 204);
          assertKept();
        }
        if (!name.equals("x-oss-process")) {
          Answer answer = send("GET", path + "?" + name + value, "");
          assertThat(answer.body())
              .as("GET " + path + "?" + name)
              .isNotEqualTo("content")
              .doesNotContain("ListAllMyBuckets");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"madeUpTomorrow", "made-up", "tomorrow"})
  void bareWordOnARequestThatWritesIs501(String name) throws IOException {
    for (String path : List.of("/examplebucket/", "/examplebucket/kept")) {
      for (String method : List.of("PUT", "DELETE")) {
        Answer answer = send(method, path + "?" + name, "<Other/>");
        assertThat(answer.status()).as(method + " " + path + "?" + name).isEqualTo(501);
        assertKept();
      }
    }
  }

  @Test
  void signersOfTheVendorNameManySubresources() throws ReflectiveOperationException {
    assertThat(ofAliyunSdk()).hasSizeGreaterThan(60).contains("acl", "worm");
    assertThat(ofOssV2()).hasSizeGreaterThan(20).contains("acl", "cleanRestoredObject");
  }

  private static void assertKept() throws IOException {
    assertThat(send("GET", "/examplebucket/kept", "").body()).isEqualTo("content");
  }

  private static Answer send(String method, String path, String body) throws IOException {
    return RawHttp.send(oss.endpoint(), method, path, Map.of(), body.getBytes(UTF_8));
  }

  /** The names in the vendor's documents and in the three clients' operations. */
  private static List<String> ofReference() {
    return List.of(
        ("cname bucketArchiveDirectRead cleanRestoredObject dataPipeline legalHold retention"
                + " objectWorm overwriteConfig redundancyTransition regions regionList"
                + " userDefinedLogFieldsConfig processConfiguration qos x-oss-delete x-oss-dir"
                + " accessPointForObjectProcess accessPointPolicyForObjectProcess"
                + " accessPointConfigForObjectProcess x-oss-write-get-object-response udf")
            .split(" "));
  }

  private static Set<String> ofAliyunSdk() throws ReflectiveOperationException {
    return texts(SignParameters.class);
  }

  private static Set<String> ofOssV2() throws ReflectiveOperationException {
    return texts(SignerV1.class);
  }

  /** Returns all texts in the static collections of a class. */
  private static Set<String> texts(Class<?> type) throws ReflectiveOperationException {
    Set<String> texts = new TreeSet<>();
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        if (field.get(null) instanceof Collection<?> collection) {
          collection.forEach(text -> texts.add(text.toString()));
        }
      }
    }
    return texts;
  }
}
