package io.osspost.examples.wars;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.osspost.examples.wars.LegacyPage.key;
import static io.osspost.examples.wars.LegacyPage.logIn;
import static io.osspost.examples.wars.LegacyPage.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.PackagedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user uploads with legacy-war on Java 8, in Chromium. */
@Tag("full")
class LegacyWarOnJava8IT {
  private static final int SIZE = 500_000;
  private static final int PARTS = 5;

  /** Uploads a file of the size, and stops after some bytes. */
  private static final String UPLOAD =
      """
      async ([size, stopAfter]) => {
        const { upload } = await import(new URL("oss-post/oss-post.js", location.href));
        const bytes = new Uint8Array(size).map((_, i) => i * 31);
        const file = new File([bytes], "film.png", { type: "image/png", lastModified: 1 });
        const stop = new AbortController();
        const onProgress = ({ loaded }) => loaded > stopAfter && stop.abort();
        try {
          const options = { profile: "large", kind: "multipart", partsAtOnce: 1 };
          return (await upload(file, { ...options, signal: stop.signal, onProgress })).key;
        } catch (error) {
          return error.name;
        }
      }
      """;

  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  @AutoClose private static PackagedProgram war;

  @BeforeAll
  static void start() throws Exception {
    war =
        PackagedWar.startOnJava8(
            Map.of(
                "OSS_POST_MULTIPART_PART_SIZE", "100KB",
                "OSS_POST_PROFILES_LARGE_GRANTS", "multipart",
                "OSS_POST_PROFILES_LARGE_MAX_SIZE", "10GB"));
    chromium = Chromium.launch();
  }

  @Test
  void oldPageUploadsWithVerifiedCallbacks() throws Exception {
    Path notes = Files.writeString(directory.resolve("notes.txt"), "remember");
    try (Page page = chromium.open(war.page(), 1000, 700)) {
      logIn(page, "alice");
      assertThat(page.locator(".small")).containsText("Java 1.8.0_");
      page.locator("#files").setInputFiles(notes);
      page.locator("#start").click();
      assertThat(row(page, "notes.txt")).hasClass("stored");
      String key = key(page, "notes.txt");
      assertThat(PackagedWar.stored(war).read(key)).asString().isEqualTo("remember");
      war.awaitOutput(key + ", 8 bytes");
      Chromium.screenshot(page, "legacy-war-java-8");
    }
  }

  @Test
  void resumedUploadSendsTheRest() throws Exception {
    try (Page page = chromium.open(war.page(), 800, 600)) {
      logIn(page, "alice");
      assertThat(page.locator("#user")).hasText("alice");
      List<String> parts = new CopyOnWriteArrayList<>();
      page.onResponse(
          response -> {
            if (response.request().method().equals("PUT")) {
              parts.add(response.url().replaceAll(".*partNumber=(\\d+).*", "$1"));
            }
          });
      assertThat(page.evaluate(UPLOAD, List.of(SIZE, 250_000))).isEqualTo("AbortError");
      List<String> before = List.copyOf(parts);
      assertThat(before).isNotEmpty().hasSizeLessThan(PARTS);

      page.reload();
      String key = (String) page.evaluate(UPLOAD, List.of(SIZE, SIZE));
      assertThat(parts).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(PARTS);
      byte[] content = new byte[SIZE];
      for (int i = 0; i < SIZE; i++) {
        content[i] = (byte) (i * 31);
      }
      assertThat(PackagedWar.stored(war).read(key)).isEqualTo(content);
      war.awaitOutput(key + ", " + SIZE + " bytes");
    }
  }
}
