package io.osspost;

import static io.osspost.GrantFixture.ALICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.object.OssBucket;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.testsupport.FormPost;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The mini program of Alibaba's WeChat tutorial. Source of its fields: {@code formData} of {@code
 * wx.uploadFile} in "微信小程序直传实践", help.aliyun.com/document_detail/92883.html: {@code key}, {@code
 * policy}, {@code OSSAccessKeyId}, {@code signature}, and {@code x-oss-security-token} with
 * temporary credentials. The file's part is named {@code file}, and the program expects status 204.
 */
class WechatFormatTest {
  private static final byte[] CONTENT = "a photo".getBytes(UTF_8);

  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss =
        OssEmulator.builder()
            .inMemory()
            .accessKey("LTAIlongterm", "longtermsecret")
            .temporaryKey("STS.temporary", "temporarysecret", "CAIS+/=", Instant.MAX)
            .start();
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void formOfTheTutorialIsStored(boolean temporary) throws Exception {
    JsonNode answer = answer(temporary, PlannedUpload.of("tmp_1.png").type("image/png"));
    Map<String, String> formData = formData(answer, answer.get("key").asText());
    assertThat(formData.containsKey("x-oss-security-token")).isEqualTo(temporary);

    assertThat(send(answer, formData, CONTENT)).isEqualTo(204);
    assertThat(oss.object(answer.get("key").asText()).orElseThrow().contentType())
        .isEqualTo("image/png");
  }

  @Test
  void programMayNameTheObject() throws Exception {
    JsonNode answer = answer(false, PlannedUpload.unnamed());
    String dir = answer.get("dir").asText();
    assertThat(dir).startsWith("uploads/alice/").endsWith("/");
    assertThat(send(answer, formData(answer, dir + "tmp_1.png"), CONTENT)).isEqualTo(204);
    assertThat(send(answer, formData(answer, "elsewhere/tmp_1.png"), CONTENT)).isEqualTo(403);
    assertThat(send(answer, formData(answer, dir + "tmp_2.png"), new byte[2048])).isEqualTo(400);
  }

  @Test
  void answerHasTheNamesOfTheFields() throws Exception {
    assertThat(answer(true, PlannedUpload.of("tmp_1.png")).properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            "OSSAccessKeyId",
            "x-oss-security-token",
            "host",
            "expire",
            "policy",
            "signature",
            "dir",
            "key");
  }

  /** Returns the fields that the tutorial's program writes, in its order. */
  private static Map<String, String> formData(JsonNode answer, String key) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("key", key);
    for (String name : List.of("policy", "OSSAccessKeyId", "signature", "x-oss-security-token")) {
      if (answer.has(name)) {
        fields.put(name, answer.get(name).asText());
      }
    }
    return fields;
  }

  private static int send(JsonNode answer, Map<String, String> formData, byte[] content)
      throws Exception {
    URI host = URI.create(answer.get("host").asText());
    return FormPost.send(host, formData, "tmp_1.png", "image/png", content).statusCode();
  }

  private JsonNode answer(boolean temporary, PlannedUpload planned) throws Exception {
    OssCredentials credentials =
        temporary
            ? OssCredentials.temporary("STS.temporary", "temporarysecret", "CAIS+/=")
            : OssCredentials.of("LTAIlongterm", "longtermsecret");
    UploadGrants grants =
        UploadGrants.builder(OssBucket.of(oss.bucket(), oss.region()).at(oss.endpoint()))
            .credentials(OssCredentialsProvider.of(credentials))
            .profile(
                UploadProfile.builder("p").maxSize(1024).build(),
                Set.of(GrantKind.POST),
                List.of(PostFormat.WECHAT))
            .build();
    PostGrant grant = grants.post("p", PostFormat.WECHAT, ALICE, planned);
    return new ObjectMapper().readTree(grant.toJson());
  }
}
