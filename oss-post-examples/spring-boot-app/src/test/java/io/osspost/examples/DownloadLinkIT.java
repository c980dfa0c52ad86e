package io.osspost.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.osspost.Download;
import io.osspost.PostFormat;
import io.osspost.PostGrant;
import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.SignatureVersion;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.FormPost;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Links to stored objects, opened in a browser. */
class DownloadLinkIT {
  private static OssEmulator oss;
  private static Chromium chromium;
  private static ObjectKey key;

  @BeforeAll
  static void start() throws Exception {
    oss = OssEmulator.builder().inMemory().start();
    PostGrant form =
        grants(SignatureVersion.V4)
            .post("notes", PostFormat.FORM, Caller.named("alice"), PlannedUpload.of("a.txt"));
    byte[] content = "合同".getBytes(UTF_8);
    FormPost.send(form.url(), form.fields(), "a.txt", "text/plain", content);
    key = form.key().orElseThrow();
    chromium = Chromium.launch();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
    oss.close();
  }

  private static UploadGrants grants(SignatureVersion version) {
    return UploadGrants.builder(OssBucket.of(oss.bucket(), oss.region()).at(oss.endpoint()))
        .credentials(
            OssCredentialsProvider.of(OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret())))
        .signatureVersion(version)
        .profile(UploadProfile.builder("notes").build())
        .build();
  }

  private static String link(SignatureVersion version, Download download) {
    return grants(version).link("notes", download).text();
  }

  @ParameterizedTest
  @EnumSource(SignatureVersion.class)
  void browserSavesUnderTheName(SignatureVersion version) throws Exception {
    String link = link(version, Download.of(key).savedAs("合同 \"1\".txt"));
    Page page = chromium.open("about:blank", 400, 300);
    com.microsoft.playwright.Download saved =
        page.waitForDownload(() -> page.evaluate("link => { location.href = link; }", link));
    assertThat(saved.suggestedFilename()).isEqualTo("合同 _1_.txt");
    assertThat(Files.readString(saved.path())).isEqualTo("合同");
  }

  @ParameterizedTest
  @EnumSource(SignatureVersion.class)
  void browserShowsTheObjectWithItsType(SignatureVersion version) {
    Download shown = Download.of(key).shownAs("a.txt").type("text/plain;charset=utf-8");
    Page page = chromium.open("about:blank", 400, 300);
    Response response = page.navigate(link(version, shown));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headerValue("content-type")).isEqualTo("text/plain;charset=utf-8");
    assertThat(page.textContent("body")).isEqualTo("合同");
  }

  @ParameterizedTest
  @EnumSource(SignatureVersion.class)
  void objectIsPrivateWithoutALink(SignatureVersion version) {
    String link = link(version, Download.of(key));
    Page page = chromium.open("about:blank", 400, 300);
    Response response = page.navigate(link.substring(0, link.indexOf('?')));
    assertThat(response.status()).isEqualTo(403);
  }
}
