package io.osspost.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.wire.MediaTypes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private static final Instant NOW = Instant.parse("2024-11-27T23:59:59Z");
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private final UploadProfile profile = UploadProfile.builder("default").build();

  @Test
  void everyCallerHasADirectoryOfItsOwn() {
    assertThat(admit(Caller.named("alice"), PlannedUpload.unnamed()).prefix())
        .matches("uploads/alice/" + UUID + "/");
    assertThat(admit(Caller.anonymous(), PlannedUpload.unnamed()).prefix())
        .matches("uploads/" + UUID + "/");
  }

  @ParameterizedTest
  @CsvSource({"UTC,20241127", "Asia/Shanghai,20241128", "+08:00,20241128"})
  void dayOfTheDirectoryIsThatOfTheZone(String zone, String day) {
    UploadProfile daily =
        UploadProfile.builder("daily").dir("d/{date}/").zone(ZoneId.of(zone)).build();
    UploadProfile copy = daily.toBuilder().build();
    assertThat(new Admission(copy).admit(Caller.anonymous(), PlannedUpload.unnamed(), NOW).prefix())
        .isEqualTo("d/" + day + "/");
  }

  /** The value is from Python's hmac module. */
  @Test
  void secretHidesTheNameInEveryDirectory() {
    Caller alice = Caller.named("alice@example.com");
    UploadProfile hidden =
        UploadProfile.builder("own").principalSecret("0123456789abcdef0123456789abcdef").build();
    Admission admission = new Admission(hidden);
    String directory = admission.admit(alice, PlannedUpload.of("a.png"), Instant.EPOCH).prefix();
    assertThat(directory).startsWith("uploads/841240d2a5b6654b3ae21fc4499db7b7/");
    assertThat(admission.tokenPrefix(alice, Instant.EPOCH))
        .isEqualTo("uploads/841240d2a5b6654b3ae21fc4499db7b7/");
    assertThat(admission.hasDirectory(alice, directory)).isTrue();
    assertThat(admission.hasDirectory(Caller.named("bob"), directory)).isFalse();
    assertThat(new Admission(UploadProfile.builder("own").build()).hasDirectory(alice, directory))
        .isFalse();
    assertThat(hidden.toBuilder().build().principalText("alice@example.com"))
        .isEqualTo("841240d2a5b6654b3ae21fc4499db7b7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UploadProfile.builder("own").principalSecret("short"));
  }

  @Test
  void principalsBecomeDistinctPathSegments() {
    Set<String> seen = new HashSet<>();
    for (String principal :
        List.of(
            "alice",
            "Alice",
            "..",
            "../bob",
            "a/b",
            "a=2Fb",
            "*",
            "?",
            "${x}",
            "李雷",
            "a b",
            "a\u0000",
            "x".repeat(200),
            "x".repeat(201),
            "x".repeat(202),
            "=h",
            "%2e")) {
      String directory = CallerDirectory.of(principal);
      assertThat(directory).matches("[A-Za-z0-9_=-]{1,200}");
      assertThat(seen.add(directory)).as(principal).isTrue();
    }
    assertThat(CallerDirectory.of("a/b@x.com")).isEqualTo("a=2Fb=40x=2Ecom");
  }

  @ParameterizedTest
  @CsvSource({
    "photo.PNG,image/png,.png",
    "photo.jpeg,image/jpeg,.jpeg",
    "photo,image/jpg,.jpg",
    "notes.txt,,.txt",
    "notes.txt,application/octet-stream,.txt",
    "archive.zip,application/x-zip-compressed,.zip",
    "page.html,text/plain; charset=utf-8,.txt",
    "data.csv,application/vnd.ms-excel,.csv",
    "DATA.CSV,text/plain,.csv",
    "data.csv,text/comma-separated-values,.csv",
    "data,text/x-csv,.csv",
    "a.heic,image/heif,.heic",
    "a.heif,image/heic,.heif",
    "a.heic,,.heic",
    "a.flac,audio/x-flac,.flac",
    "a.wav,audio/vnd.wave,.wav",
    "a.avi,video/avi,.avi",
    "a.bmp,image/x-ms-bmp,.bmp",
    "a.m4v,video/x-m4v,.m4v",
    "a.ogg,application/ogg,.ogg",
    "a.opus,audio/opus,.opus",
    "a.rtf,text/rtf,.rtf",
    "a.rtf,application/msword,.rtf",
    "a.7z,application/x-compressed,.7z",
    "a.rar,application/x-rar-compressed,.rar",
    "a.md,text/plain,.md",
    "a.webm,video/webm;codecs=vp9,.webm",
    "a.m4a,audio/x-m4a,.m4a",
    "a.docx,application/zip,.docx",
    "a.docx,application/octet-stream,.docx",
    "a.docx,application/wps-office.docx,.docx",
    "a.xlsx,application/vnd.ms-excel,.xlsx",
    "a.pptx,application/zip,.pptx",
    "a.doc,application/x-ole-storage,.doc",
    "a.zip,application/zip,.zip",
    "a.xls,application/vnd.ms-excel,.xls",
    "a.txt,application/vnd.ms-excel,.xls",
    "../../etc/passwd,text/plain,.txt",
    "'a.png\u0000.html',image/png,.png"
  })
  void theServerNamesTheObjectAndKeepsOnlyAnExtensionThatFitsTheType(
      String filename, String type, String extension) {
    PlannedUpload planned = PlannedUpload.of(filename).type(type == null ? "" : type);
    AdmittedUpload admitted = admit(Caller.named("alice"), planned);
    assertThat(admitted.key().orElseThrow().value())
        .startsWith(admitted.prefix())
        .matches("uploads/alice/" + UUID + "/" + UUID + "\\" + extension);
  }

  @ParameterizedTest
  @CsvSource({
    "a.html,text/html",
    "a.html,''",
    "a.svg,image/svg+xml",
    "a,''",
    "a.exe,application/octet-stream"
  })
  void typesThatAreNotListedAreRefusedWithTheList(String filename, String stated) {
    assertRefused(
        PlannedUpload.of(filename).type(stated),
        Reason.TYPE_NOT_ALLOWED,
        "Allowed types: jpg, png, ");
  }

  @Test
  void sizesOutsideTheLimitsAreRefusedInWordsAPersonReads() {
    assertRefused(
        PlannedUpload.of("a.png").size(13_002_342),
        Reason.FILE_TOO_LARGE,
        "The file has 12.4 MB; at most 10 MB are allowed here.");
    assertRefused(
        PlannedUpload.of("a.png").size((10 << 20) + 1),
        Reason.FILE_TOO_LARGE,
        "The file has 10.0 MB (10485761 bytes); at most 10 MB");
    assertRefused(PlannedUpload.of("a.png").size(0), Reason.FILE_TOO_SMALL, "at least 1 byte");
  }

  @Test
  void aStatedSizeAndTypeNarrowTheUpload() {
    AdmittedUpload admitted =
        admit(Caller.named("a"), PlannedUpload.of("a.jpg").size(7).type("image/jpg"));
    assertThat(admitted.size()).hasValue(7);
    assertThat(admitted.type()).contains("image/jpeg");
    assertThat(admitted.statedType()).contains("image/jpg");
  }

  @Test
  void aDirectoryMayHoldTheDayAndGetsItsSlash() {
    UploadProfile daily = UploadProfile.builder("daily").dir("in/{date}").build();
    assertThat(
            new Admission(daily).admit(Caller.anonymous(), PlannedUpload.unnamed(), NOW).prefix())
        .isEqualTo("in/20241127/");
    assertThat(daily.admitsAnonymous()).isTrue();
  }

  @Test
  void aDirectoryOfTheCallersOwnNeedsACallerWithAName() {
    UploadProfile own = UploadProfile.builder("own").dir("u/{principal}/").build();
    assertThat(own.admitsAnonymous()).isFalse();
    Assertions.assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(
            () -> new Admission(own).admit(Caller.anonymous(), PlannedUpload.unnamed(), NOW))
        .extracting(UploadRefusedException::reason)
        .isEqualTo(Reason.NOT_AUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../", "a/../b/", "./", "/a/", "\\a", "", " ", "a*/", "a?/", "${x}/", "a%2e/", "a//b/",
        "{user}/", "a{/", "a\n/"
      })
  void directoriesThatCouldWidenOrClimbAreRefused(String dir) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UploadProfile.builder("x").dir(dir))
        .withMessageMatching("(?s).*[.]");
  }

  @Test
  void typesAreReadAsOperatorsWriteThem() {
    UploadProfile images =
        UploadProfile.builder("images").contentTypes(List.of("image/jpg", "IMAGE/*")).build();
    assertThat(images.contentTypes())
        .startsWith("image/jpeg")
        .contains("image/png", "image/webp")
        .doesNotContain("image/jpg", "image/svg+xml")
        .allMatch(type -> type.startsWith("image/"));
    assertThat(MediaTypes.withAliases(images.contentTypes()))
        .contains("image/jpeg", "image/jpg", "image/pjpeg");
    UploadProfile.Builder builder = UploadProfile.builder("x");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.contentTypes(List.of("png")));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.contentTypes(List.of("foo/*")));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.contentTypes(List.of()));
  }

  @Test
  void pagesAndScriptsAreAdmittedOnlyWhenTheyAreNamed() {
    assertThat(MediaTypes.withAliases(profile.contentTypes()))
        .contains("image/png", "application/pdf", "video/mp4", "application/zip")
        .noneMatch(type -> type.matches(".*(html|svg|xml|javascript|ecmascript|css)$"));
    assertThat(
            UploadProfile.builder("svg")
                .contentTypes(List.of("image/svg+xml"))
                .build()
                .contentTypes())
        .containsExactly("image/svg+xml");
  }

  @Test
  void impossibleLimitsAreRefused() {
    UploadProfile.Builder builder = UploadProfile.builder("x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UploadProfile.builder("x").minSize(5).maxSize(4).build())
        .withMessageContaining("larger than the maximum");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxSize(10_000 * (5L << 30) + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.validity(Duration.ofDays(8)));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.validity(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> UploadProfile.builder("Über"));
  }

  private AdmittedUpload admit(Caller caller, PlannedUpload planned) {
    return new Admission(profile).admit(caller, planned, NOW);
  }

  private void assertRefused(PlannedUpload planned, Reason reason, String text) {
    Assertions.assertThatThrownBy(() -> admit(Caller.named("alice"), planned))
        .asInstanceOf(type(UploadRefusedException.class))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason))
        .satisfies(refused -> assertThat(refused.getMessage()).contains(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image/png;,text/html",
        "application/octet-stream;,text/html",
        "image/png; charset=x, text/html",
        "image/png\r\nX: y",
        "image/png;a=\"b\""
      })
  void statedTypeThatIsNoMediaTypeIsRefused(String type) {
    UploadProfile images = UploadProfile.builder("a").contentTypes(List.of("image/png")).build();
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(
            () ->
                new Admission(images)
                    .admit(
                        Caller.named("alice"), PlannedUpload.of("a.png").type(type), Instant.EPOCH))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TYPE_NOT_ALLOWED));
  }

  @Test
  void longDescriptionsOfAFileAreRefused() {
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(() -> PlannedUpload.of("a".repeat(1025)));
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(() -> PlannedUpload.of("a").type("a".repeat(256)));
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(() -> PlannedUpload.of("a").retry("a".repeat(2049)));
  }

  /** Both names would share a directory, because both become a question mark. */
  @ParameterizedTest
  @ValueSource(strings = {"a\uD800", "a\uDFFF", "\uDC00b"})
  void callerWithAnUnpairedSurrogateIsRefused(String principal) {
    assertThatExceptionOfType(UploadRefusedException.class)
        .isThrownBy(() -> Caller.named(principal))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_ALLOWED));
  }
}
