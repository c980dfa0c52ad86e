package io.osspost.examples;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.NodePackages;
import io.osspost.testsupport.PackagedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The npm package in real bundlers, in TypeScript and in Uppy, against the packaged application.
 */
@Tag("full")
class BundlesIT {
  private static final Path SOURCES = Path.of("src", "test", "bundles");
  private static final Path PACKAGE = Path.of("..", "..", "oss-post-browser");

  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  @AutoClose private static OssEmulator oss;
  @AutoClose private static PackagedProgram application;
  private static Path project;
  private static Path note;
  private static Path film;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    project = built(directory);
    oss = OssEmulator.builder().start();
    application =
        PackagedApplication.using(
            oss,
            "--oss.post.multipart.part-size=1MB",
            "--spring.web.resources.static-locations=classpath:/META-INF/resources/,"
                + "classpath:/static/,file:"
                + project
                + "/");
    note = Files.writeString(directory.resolve("note.txt"), "Grüße aus 杭州");
    film = UploadPage.writeRandom(directory.resolve("film.mp4"), (5 << 20) + 4711);
  }

  /**
   * Bundles all pages. The package is in the project as {@code npm install} would put it there,
   * from its tarball, which is made in {@code packed}.
   *
   * @return the folder of the project, with the pages in {@code built}
   */
  static Path built(Path packed) throws IOException {
    Path made = NodePackages.install(SOURCES, Path.of("target", "bundles")).toAbsolutePath();
    NodePackages.installIn(PACKAGE);
    NodePackages.run(PACKAGE, "npm", "pack", "--pack-destination", packed.toString());
    Path installed = Files.createDirectories(made.resolve("node_modules/oss-post"));
    String tarball = packed.resolve("oss-post-0.1.0.tgz").toString();
    NodePackages.run(installed, "tar", "xzf", tarball, "--strip-components=1");
    NodePackages.run(made, "node", "bundle.mjs", made.resolve("built").toString());
    return made;
  }

  @Test
  void typesPassTheStrictestSettings() throws Exception {
    assertThat(NodePackages.run(project, "node", "node_modules/typescript/bin/tsc", "-p", "."))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vite", "webpack", "webpack-commonjs", "plain"})
  void bundleUploads(String bundler) throws Exception {
    try (Page tab = open(bundler)) {
      List<String> complaints = new ArrayList<>();
      tab.onPageError(complaints::add);
      choose(tab, note, film);
      assertThat(complaints).isEmpty();
    }
  }

  @Test
  void uppySendsFormsAndParts() throws Exception {
    try (Page tab = open("uppy")) {
      choose(tab, note, film);
    }
  }

  @Test
  void uppyPausesAndResumes() throws Exception {
    try (Page tab = open("uppy")) {
      new UploadPage(tab).throttle(1 << 20);
      tab.locator("input").setInputFiles(film);
      tab.waitForFunction("() => uppy.getFiles()[0]?.progress.percentage >= 40");
      tab.evaluate("() => uppy.pauseAll()");
      tab.waitForTimeout(500);
      Object paused = tab.evaluate("() => uppy.getFiles()[0].progress.bytesUploaded");
      tab.waitForTimeout(500);
      assertThat(tab.evaluate("() => uppy.getFiles()[0].progress.bytesUploaded")).isEqualTo(paused);
      new UploadPage(tab).throttle(-1);
      tab.evaluate("() => uppy.resumeAll()");
      stored(tab, film);
    }
  }

  @Test
  void uppyShowsTheReasonOfARefusal() throws Exception {
    Path page = Files.writeString(directory.resolve("page.html"), "<script></script>");
    try (Page tab = chromium.open(application.page() + "built/uppy/index.html", 900, 600)) {
      tab.navigate(application.page() + "built/uppy/index.html?profile=unknown");
      tab.locator("input").setInputFiles(page);
      assertThat(tab.locator("output")).containsText("There is no upload profile of that name");
    }
  }

  private static Page open(String bundler) throws Exception {
    return chromium.open(application.page() + "built/" + bundler + "/index.html", 900, 600);
  }

  private static void choose(Page tab, Path... files) throws Exception {
    tab.locator("input").setInputFiles(files);
    stored(tab, files);
  }

  /** Waits for the names of the objects, one per line, and compares the objects with the files. */
  private static void stored(Page tab, Path... files) throws Exception {
    tab.waitForFunction("() => document.querySelector('output').value");
    String[] keys = tab.locator("output").textContent().split("\n");
    List<String> stored = new ArrayList<>();
    for (String key : keys) {
      StoredObject object =
          oss.object(key).orElseThrow(() -> new AssertionError(String.join("\n", keys)));
      stored.add(UploadPage.sha256(object.content()));
    }
    List<String> chosen = new ArrayList<>();
    for (Path file : files) {
      chosen.add(UploadPage.sha256(Files.newInputStream(file)));
    }
    assertThat(stored).containsExactlyInAnyOrderElementsOf(chosen);
  }
}
