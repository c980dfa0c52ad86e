package io.osspost.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.osspost.profile.Caller;
import io.osspost.profile.FileName;
import io.osspost.profile.KeyNaming;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CleanFileNameTest {
  private static final Instant NOW = Instant.parse("2024-11-27T23:59:59Z");

  @ParameterizedTest
  @CsvSource({
    "holiday photo.PNG,image/png,holiday photo.png",
    "C:\\Users\\me\\a.jpeg,image/jpeg,a.jpeg",
    "page.html,text/plain,page.html.txt",
    "archive.tar.gz,application/gzip,archive.tar.gz",
    "no extension,image/png,no extension.png",
    ".gitignore,text/plain,gitignore.txt",
    "..,text/plain,file.txt",
    "cost ${filename}.txt,text/plain,cost _{filename}.txt",
    "👨\u200D👩\u200D👧.png,image/png,👨\u200D👩\u200D👧.png",
    "e\u0301.txt,text/plain,é.txt",
    "\u202Egnp.exe,image/png,gnp.exe.png",
    "合同 (终版).PDF,application/pdf,合同 (终版).pdf",
    "🎉.jpg,image/jpeg,🎉.jpg",
    "50% off + tax.csv,text/csv,50% off + tax.csv",
    "%E5%90%88.png,image/png,%E5%90%88.png",
    "'say \"hi\".txt',text/plain,'say \"hi\".txt'",
    "it's.txt,text/plain,it's.txt",
    "'line\nbreak.png',image/png,linebreak.png",
    "ºÏÍ¬.doc,application/msword,ºÏÍ¬.doc",
    "data.csv,application/vnd.ms-excel,data.csv.xls"
  })
  void namesAreKeptAsFarAsTheyAreSafe(String filename, String type, String cleaned) {
    assertThat(CleanFileName.of(filename, type)).hasToString(cleaned);
  }

  @ParameterizedTest
  @CsvSource({
    "evil.html,evil_html",
    "evil.html.,evil_html",
    "'evil.html ',evil_html",
    "evil.html\u0000,evil_html",
    "evil.html.html,evil_html_html",
    ".htaccess,htaccess",
    "model.foo,model_foo",
    "..,file"
  })
  void typeWithoutAKnownExtensionKeepsNone(String filename, String cleaned) {
    assertThat(CleanFileName.of(filename, "application/x-unknown")).hasToString(cleaned);
  }

  static Stream<String> hostileNames() {
    List<String> names =
        new ArrayList<>(
            List.of(
                "",
                ".",
                "..",
                "...",
                " ",
                "/",
                "\\",
                "//",
                "../",
                "../../etc/passwd",
                "..\\..\\x",
                "/etc/passwd",
                "C:\\x.txt",
                "\\\\server\\share\\x",
                "a/../b",
                "a\u0000.png",
                "\u0000",
                "a\r\nSet-Cookie: x",
                "a\nb",
                "\u001B[31m",
                "a\u007Fb",
                "\u0085",
                "\u202Egnp.exe",
                "\u2066a\u2069",
                "\u200Fאבג",
                "مرحبا.png",
                "\u061Cx",
                "\uFEFFa",
                "CON",
                "NUL.txt",
                "aux.png",
                "COM1",
                "a:b",
                "a*b?.png",
                "<a>|\"b\"",
                "${filename}",
                "$filename",
                "{principal}",
                "%2e%2e%2f",
                "%00.png",
                "..%2f",
                "a%",
                "a+b c&d=e#f.png",
                "50%.png",
                "a&b.png",
                "x".repeat(1024),
                "字".repeat(700) + ".png",
                "😀".repeat(500),
                "👨\u200D👩\u200D👧\u200D👦.png",
                "e\u0301\u0301.png",
                "ﬁ.png",
                "\uD800.png",
                "\uDC00",
                "a\uD83Db",
                "\u2028",
                "\u2029x",
                ".htaccess",
                "~",
                "~root",
                "-rf",
                "--help",
                "'; drop table x",
                "<script>alert(1)</script>",
                "a.png.exe",
                "a.php;.png",
                "a.png/",
                "trailing. ",
                "trailing...",
                "\t",
                "\u00A0",
                "\u3000a"));
    Random random = new Random(11);
    for (int i = 0; i < 500; i++) {
      names.add(
          random
              .ints(random.nextInt(40), 0, 0x2100)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString());
    }
    return names.stream();
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void noNameLeavesItsDirectoryOrHidesAnything(String hostile) {
    String cleaned = CleanFileName.of(hostile, "image/png").toString();
    assertThat(cleaned)
        .doesNotContain("/", "\\", "$")
        .doesNotMatch(
            "(?s).*[\\p{Cntrl}\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C\u2028\u2029].*")
        .endsWith(".png")
        .isEqualTo(Normalizer.normalize(cleaned, Normalizer.Form.NFC));
    assertThat(cleaned.getBytes(UTF_8)).hasSizeBetween(5, 204);
    assertThat(new String(cleaned.getBytes(UTF_8), UTF_8)).isEqualTo(cleaned);

    UploadProfile asNamed =
        UploadProfile.builder("x").dir("in/").naming(KeyNaming.asNamed()).build();
    if (!hostile.isBlank()) {
      PlannedUpload planned = PlannedUpload.of(hostile).type("image/png");
      assertThat(
              new Admission(asNamed)
                  .admit(Caller.anonymous(), planned, NOW)
                  .key()
                  .orElseThrow()
                  .value())
          .isEqualTo("in/" + cleaned);
    }
  }

  @Test
  void theOtherNamingsKeepTheExtensionOnly() {
    FileName file = CleanFileName.of("a.PNG", "image/png");
    Caller caller = Caller.named("alice");
    assertThat(KeyNaming.uuid().name(caller, file, NOW)).matches("[0-9a-f-]{36}\\.png");
    assertThat(KeyNaming.dateUuid().name(caller, file, NOW))
        .matches("20241127/[0-9a-f-]{36}\\.png");
    assertThat(KeyNaming.dateUuid(ZoneId.of("Asia/Shanghai")).name(caller, file, NOW))
        .matches("20241128/[0-9a-f-]{36}\\.png");
  }

  @ParameterizedTest
  @CsvSource({"../x", "/x", "a//b", "./x", "''", "a/..", "${filename}"})
  void aNamingOfYourOwnCannotLeaveTheDirectory(String name) {
    UploadProfile profile = UploadProfile.builder("x").naming((c, f, n) -> name).build();
    assertThatIllegalStateException()
        .isThrownBy(
            () -> new Admission(profile).admit(Caller.anonymous(), PlannedUpload.of("a.png"), NOW))
        .withMessageContaining("The key naming returned '" + name + "'");
  }
}
