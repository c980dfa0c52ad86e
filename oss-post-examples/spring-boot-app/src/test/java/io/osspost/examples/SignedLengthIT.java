package io.osspost.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.osspost.emulator.OssEmulator;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.PackagedProgram;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Chromium puts files at URLs that sign their length, a header that no page can set. */
class SignedLengthIT {
  @AutoClose private static Chromium chromium;
  @AutoClose private static OssEmulator oss;
  @AutoClose private static PackagedProgram application;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    oss = OssEmulator.builder().start();
    application =
        PackagedApplication.using(
            oss,
            "--oss.post.profiles.default.grants=put",
            "--oss.post.profiles.default.sign-length=true");
  }

  @Test
  void moduleSendsExactlyTheStatedSize() throws Exception {
    try (Page tab = chromium.open(application.page(), 1000, 700)) {
      Object key =
          tab.evaluate(
              """
              async () => {
                const { upload } = await import("/oss-post/oss-post.js");
                const file = new File(["12345"], "a.txt", { type: "text/plain" });
                return (await upload(file, { kind: "put" })).key;
              }""");
      assertThat(oss.object(key.toString()).orElseThrow().size()).isEqualTo(5);
    }
  }

  @Test
  void pageCannotSendAnotherSize() throws Exception {
    try (Page tab = chromium.open(application.page(), 1000, 700)) {
      assertThat(put(tab, 5, 5)).isEqualTo(200);
      assertThat(put(tab, 5, 6)).isEqualTo(403);
      assertThat(put(tab, 5, 4)).isEqualTo(403);
      assertThat(put(tab, 5, 0)).isEqualTo(403);
    }
  }

  /** Returns OSS's status for a body of {@code sent} bytes at a URL for {@code stated} bytes. */
  private static int put(Page tab, int stated, int sent) {
    return (int)
        tab.evaluate(
            """
            async ([stated, sent]) => {
              const path = "/get_presigned_url_for_oss_upload?filename=a.txt&type=text/plain";
              const grant = await (await fetch(`${path}&size=${stated}`)).json();
              const body = "x".repeat(sent);
              const init = { method: "PUT", headers: grant.headers, body };
              return (await fetch(grant.url, init)).status;
            }""",
            List.of(stated, sent));
  }
}
