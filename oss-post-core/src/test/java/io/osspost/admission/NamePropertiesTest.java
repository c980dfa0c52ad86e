package io.osspost.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.osspost.profile.Caller;
import io.osspost.profile.FileName;
import io.osspost.profile.KeyNaming;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import java.text.Normalizer;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

/** For any text of clients and operators, names stay in their directory and callers apart. */
class NamePropertiesTest {
  private static final Instant NOW = Instant.parse("2024-11-27T23:59:59Z");

  @Property
  void cleanedNameIsOnePartAndStable(@ForAll("names") String name, @ForAll("types") String type) {
    FileName cleaned = CleanFileName.of(name, type);
    String text = cleaned.toString();
    assertThat(text).isNotEmpty().doesNotContain("/", "\\", "$", "?", "*").isNotIn(".", "..");
    assertThat(text).isEqualTo(Normalizer.normalize(text, Normalizer.Form.NFC));
    assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(text);
    assertThat(text.codePoints().noneMatch(Character::isISOControl)).isTrue();
    assertThat(CleanFileName.of(text, type)).hasToString(text);
  }

  @Property
  void namesStayInTheDirectoryOrAreRefused(
      @ForAll("names") String name, @ForAll("types") String type) {
    UploadProfile profile =
        UploadProfile.builder("x").dir("in/{principal}").naming(KeyNaming.asNamed()).build();
    Caller alice = Caller.named("alice");
    PlannedUpload planned = PlannedUpload.of(name).type(type);
    Throwable thrown =
        catchThrowable(
            () ->
                assertThat(
                        new Admission(profile)
                            .admit(alice, planned, NOW)
                            .key()
                            .orElseThrow()
                            .value())
                    .startsWith("in/alice/")
                    .doesNotContain("/../", "//"));
    assertThat(thrown == null || thrown instanceof UploadRefusedException)
        .as("%s", thrown)
        .isTrue();
  }

  @Property
  void noTwoCallersShareADirectory(
      @ForAll @StringLength(min = 1, max = 300) String one,
      @ForAll @StringLength(min = 1, max = 300) String other) {
    Assume.that(
        !new String(one.getBytes(UTF_8), UTF_8).equals(new String(other.getBytes(UTF_8), UTF_8)));
    String directory = CallerDirectory.of(one);
    assertThat(directory).matches("[A-Za-z0-9_=-]{1,200}");
    assertThat(directory).isNotEqualTo(CallerDirectory.of(other));
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> hostile =
        Arbitraries.of(
            "../",
            "..\\",
            "/",
            "\u0000",
            "\r\n",
            "\u202E",
            "${filename}",
            ".",
            " ",
            "e\u0301",
            "\uD83D",
            "👨\u200D👩",
            ".png",
            ".html",
            "CON",
            "%2e%2e%2f",
            "x".repeat(300));
    Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(12);
    return Arbitraries.oneOf(hostile, any)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of("image/png", "text/plain", "application/gzip", "application/x-unknown");
  }
}
