package io.osspost.emulator.internal.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.rules.EmulatorRule;
import io.osspost.emulator.testing.RawHttp.Answer;
import io.osspost.emulator.testing.SignedRequest;
import io.osspost.emulator.testing.TestForm;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The readings of rule {@code acl-at-initiate}. The ACL of the completing request always wins. */
class AclAtInitiateTest {
  @ParameterizedTest
  @CsvSource({
    "ACL_AT_INITIATE_IGNORED, public-read, , default",
    "ACL_AT_INITIATE_IGNORED, public-read, private, private",
    "ACL_AT_INITIATE_IGNORED, no-such-acl, , default",
    "ACL_AT_INITIATE_KEPT, public-read, , public-read",
    "ACL_AT_INITIATE_KEPT, public-read, private, private",
    "ACL_AT_INITIATE_KEPT, public-read, default, default",
    "ACL_AT_INITIATE_KEPT, , public-read, public-read",
  })
  void decidesOnTheAclOfTheObject(
      EmulatorRule rule, String atInitiate, String atComplete, String expected) throws IOException {
    try (OssEmulator oss = TestForm.emulator().rule(rule).start()) {
      Answer begun = initiate(oss, atInitiate);
      assertThat(begun.status()).as(begun.body()).isEqualTo(200);
      SignedRequest part = SignedRequest.put("a.txt", "hello").query("partNumber", "1");
      part.query("uploadId", begun.member("UploadId")).v4Header().send(oss.endpoint());
      SignedRequest complete = new SignedRequest("POST", "a.txt");
      complete.query("uploadId", begun.member("UploadId")).with("x-oss-complete-all", "yes");
      if (atComplete != null) {
        complete.with("x-oss-object-acl", atComplete);
      }
      assertThat(complete.v4Header().send(oss.endpoint()).status()).isEqualTo(200);
      assertThat(oss.object("a.txt").orElseThrow().acl()).isEqualTo(expected);
    }
  }

  @Test
  void defaultIgnoresAndSaysSo() throws IOException {
    try (OssEmulator oss = TestForm.emulator().start()) {
      initiate(oss, "public-read");
      assertThat(oss.journal().last().orElseThrow().explanation())
          .isEqualTo("the upload ignores x-oss-object-acl (rule acl-at-initiate=ignored)");
    }
  }

  @Test
  void keptAclIsChecked() throws IOException {
    try (OssEmulator oss = TestForm.emulator().rule(EmulatorRule.ACL_AT_INITIATE_KEPT).start()) {
      assertThat(initiate(oss, "no-such-acl").member("Code")).isEqualTo("InvalidArgument");
    }
  }

  private static Answer initiate(OssEmulator oss, String acl) throws IOException {
    SignedRequest request = new SignedRequest("POST", "a.txt").query("uploads", "");
    if (acl != null) {
      request.with("x-oss-object-acl", acl);
    }
    return request.v4Header().send(oss.endpoint());
  }
}
