package io.osspost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The known answers are freedesktop.org's lists of aliases and extensions. */
class MediaTypesTest {
  /** Lines with reasons why this library differs. */
  private static final Set<String> DIFFERENT =
      Set.of(
          // Registered types of their own.
          "image/heic image/heif",
          "image/heic-sequence image/heif",
          "audio/3gpp video/3gpp",
          // Encrypted or raw speech is not a video.
          "audio/3gpp-encrypted video/3gpp",
          "audio/x-rn-3gpp-amr video/3gpp",
          "audio/x-rn-3gpp-amr-encrypted video/3gpp",
          "audio/x-rn-3gpp-amr-wb video/3gpp",
          "audio/x-rn-3gpp-amr-wb-encrypted video/3gpp",
          "video/3gpp-encrypted video/3gpp",
          "audio/amr-encrypted audio/AMR",
          // A file name is not a media type.
          "flv-application/octet-stream video/x-flv");

  @Test
  void aliasesAgreeWithFreedesktop() throws IOException {
    List<String> known = MediaTypes.parseAll(List.of("image/*", "audio/*", "video/*"));
    List<String> documents = MediaTypes.COMMON;
    int compared = 0;
    for (String line : lines("freedesktop-aliases.txt")) {
      String[] pair = line.split(" ", -1);
      String target = MediaType.registered(pair[1].toLowerCase(Locale.ROOT));
      boolean ours = known.contains(target) || documents.contains(target);
      if (ours && !DIFFERENT.contains(line)) {
        compared++;
        assertThat(MediaType.parse(pair[0]).map(MediaType::registered)).as(line).contains(target);
      }
    }
    assertThat(compared).isGreaterThan(50);
  }

  @Test
  void extensionsAgreeWithFreedesktop() throws IOException {
    Map<String, String> theirs = new HashMap<>();
    for (String line : lines("freedesktop-extensions.txt")) {
      String[] pair = line.split(" ", -1);
      theirs.putIfAbsent(pair[0], MediaType.registered(pair[1].toLowerCase(Locale.ROOT)));
    }
    int compared = 0;
    for (Map.Entry<String, String> pair : theirs.entrySet()) {
      String our = MediaTypes.ofName("x." + pair.getKey()).orElse(pair.getValue());
      if (MediaTypes.ofName("x." + pair.getKey()).isPresent()) {
        compared++;
      }
      assertThat(our).as(pair.getKey()).isEqualTo(expected(pair.getKey(), pair.getValue()));
    }
    assertThat(compared).isGreaterThan(50);
  }

  /**
   * Freedesktop has one type for HEIC and HEIF, and its own type for logs. It prefers translation
   * files of Qt to streams of MPEG, although both end in {@code .ts}.
   */
  private static String expected(String extension, String theirs) {
    return switch (extension) {
      case "heic" -> "image/heic";
      case "log" -> "text/plain";
      case "ts" -> "video/mp2t";
      default -> theirs;
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/octet-stream",
        "binary/octet-stream",
        "application/force-download",
        "application/x-compressed"
      })
  void genericTypesSayNothing(String type) {
    assertThat(MediaTypes.isGeneric(type)).isTrue();
    assertThat(MediaTypes.COMMON).doesNotContain(type);
  }

  @Test
  void noAliasIsAPageOrAScript() {
    List<String> all = MediaTypes.withAliases(MediaTypes.COMMON);
    assertThat(all).noneMatch(type -> type.matches(".*(html|svg|xml|javascript|ecmascript|css)$"));
    assertThat(all).doesNotHaveDuplicates();
  }

  private static List<String> lines(String file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(MediaTypesTest.class.getResourceAsStream(file)),
                StandardCharsets.UTF_8))) {
      return Arrays.asList(
          reader.lines().filter(line -> !line.startsWith("#")).toArray(String[]::new));
    }
  }
}
