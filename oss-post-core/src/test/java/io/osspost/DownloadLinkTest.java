package io.osspost;

import static io.osspost.GrantFixture.ALICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.SignatureVersion;
import io.osspost.testsupport.FormPost;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Links to stored objects, which the emulator verifies. */
class DownloadLinkTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private OssEmulator oss;

  @BeforeEach
  void start() {
    oss = OssEmulator.builder().inMemory().start();
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @ParameterizedTest
  @EnumSource(SignatureVersion.class)
  void linkHasNameAndType(SignatureVersion version) throws Exception {
    UploadGrants grants = grants(version, UploadProfile.builder("p"));
    ObjectKey key = upload(grants);
    Download download = Download.of(key).savedAs("C:\\合同 \"1\"&acl.pdf").type("application/pdf");
    DownloadLink link = grants.link("p", download.validity(Duration.ofMinutes(5)));

    HttpResponse<String> answer = get(link.url());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("a photo");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/pdf");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains(
            "attachment; filename=\"__ _1_&acl.pdf\";"
                + " filename*=UTF-8''%E5%90%88%E5%90%8C%20%221%22%26acl.pdf");
    assertThat(link.toString()).contains(key.value()).doesNotContain("ignature");
    assertThat(link.expiresAt()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(SignatureVersion.class)
  void linkCannotBeChanged(SignatureVersion version) throws Exception {
    UploadGrants grants = grants(version, UploadProfile.builder("p"));
    ObjectKey key = upload(grants);
    String link = grants.link("p", Download.of(key).shownAs("a.png")).text();
    assertThat(get(URI.create(link)).statusCode()).isEqualTo(200);
    assertThat(get(URI.create(link.replace("inline", "attachment"))).statusCode()).isEqualTo(403);
    URI bare = URI.create(link.substring(0, link.indexOf('?')));
    assertThat(get(bare).statusCode()).as("without a signature").isEqualTo(403);
  }

  /** The emulator processes no images. */
  @ParameterizedTest
  @EnumSource(SignatureVersion.class)
  void linkSignsTheProcess(SignatureVersion version) {
    UploadGrants grants = grants(version, UploadProfile.builder("p"));
    Download download = Download.of(new ObjectKey("a.png")).process("image/resize,w_200");
    String link = grants.link("p", download).text();
    assertThat(link).contains("x-oss-process=image%2Fresize%2Cw_200");
    String other = grants.link("p", download.process("image/resize,w_300")).text();
    assertThat(signature(other)).isNotEqualTo(signature(link));
  }

  private static String signature(String link) {
    return link.replaceAll(".*[?&](?:x-oss-s|S)ignature=([^&]*).*", "$1");
  }

  @Test
  void linkExpires() throws Exception {
    UploadGrants grants = grants(SignatureVersion.V4, UploadProfile.builder("p"));
    DownloadLink link = grants.link("p", upload(grants), Duration.ofSeconds(1));
    Thread.sleep(2_100);
    assertThat(get(link.url()).statusCode()).isEqualTo(403);
  }

  @Test
  void passwordInAPublicUrlIsNotPrinted() {
    URI url = URI.create("https://user:secret@img.example.com/");
    assertThatThrownBy(() -> UploadProfile.builder("p").publicUrl(url))
        .hasMessageContaining("'https://***@img.example.com/' is not the URL of a site");
  }

  @Test
  void publicLinkIsNotSigned() {
    UploadGrants grants =
        grants(
            SignatureVersion.V4,
            UploadProfile.builder("p").publicUrl(URI.create("https://img.example.com/cdn")));
    ObjectKey key = new ObjectKey("u/合 同/../a.png");
    DownloadLink link = grants.link("p", Download.of(key).process("image/resize,w_200"));
    assertThat(link.text())
        .isEqualTo(
            "https://img.example.com/cdn/u%2F%E5%90%88%20%E5%90%8C%2F..%2Fa.png"
                + "?x-oss-process=image%2Fresize%2Cw_200");
    assertThat(link.expiresAt()).isEmpty();
    assertThat(grants.link("p", new ObjectKey("u/a.png"), Duration.ofDays(30)).text())
        .isEqualTo("https://img.example.com/cdn/u/a.png");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grants.link("p", Download.of(key).savedAs("a.png")))
        .withMessageContaining("profiles.p.disposition");
  }

  @Test
  void mistakesAreRefused() {
    Download download = Download.of(new ObjectKey("a"));
    assertThatIllegalArgumentException().isThrownBy(() -> download.type("pdf"));
    assertThatIllegalArgumentException().isThrownBy(() -> download.process("a\nb"));
    UploadGrants grants = grants(SignatureVersion.V4, UploadProfile.builder("p"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grants.link("p", download.validity(Duration.ofDays(8))));
  }

  private UploadGrants grants(SignatureVersion version, UploadProfile.Builder profile) {
    return UploadGrants.builder(OssBucket.of(oss.bucket(), oss.region()).at(oss.endpoint()))
        .credentials(
            OssCredentialsProvider.of(OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret())))
        .signatureVersion(version)
        .profile(profile.build())
        .build();
  }

  private static ObjectKey upload(UploadGrants grants) throws Exception {
    PostGrant form =
        grants.post("p", PostFormat.FORM, ALICE, PlannedUpload.of("a.png").type("image/png"));
    byte[] content = "a photo".getBytes(UTF_8);
    assertThat(FormPost.send(form.url(), form.fields(), "a.png", "image/png", content).statusCode())
        .isEqualTo(200);
    return form.key().orElseThrow();
  }

  private static HttpResponse<String> get(URI url) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
  }
}
