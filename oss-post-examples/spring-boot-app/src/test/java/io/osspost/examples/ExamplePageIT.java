package io.osspost.examples;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ForcedColors;
import io.osspost.emulator.OssEmulator;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.NodePackages;
import io.osspost.testsupport.PackagedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example's page for users of screen readers and high contrast, many files, and folders. */
@Tag("full")
class ExamplePageIT {
  private static final int MANY = 500;

  /** Milliseconds that no task of the page lasts while many files are uploaded. */
  private static final double LONG_TASK = 200;

  /** Tasks that last longer, because other programs of a busy machine interrupt them. */
  private static final int INTERRUPTIONS = 2;

  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  @AutoClose private static OssEmulator oss;
  @AutoClose private static PackagedProgram application;
  private static String axe;
  private int objects;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    axe =
        Files.readString(
            NodePackages.install(Path.of("src", "test", "bundles"), Path.of("target", "bundles"))
                .resolve("node_modules/axe-core/axe.min.js"));
    oss = OssEmulator.builder().start();
    application =
        PackagedApplication.using(
            oss,
            "--oss.post.profiles.default.max-size=40MB",
            "--oss.post.profiles.default.content-types=video/*,text/plain");
  }

  @BeforeEach
  void countObjects() {
    objects = oss.keys().size();
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void isAccessibleInEveryState(int width) throws Exception {
    Path film = UploadPage.writeRandom(directory.resolve("film.mp4"), 36 << 20);
    Path note = Files.writeString(directory.resolve("note.txt"), "Grüße aus 杭州");
    Path huge = UploadPage.writeRandom(directory.resolve("huge.mp4"), 41 << 20);
    Path script = Files.writeString(directory.resolve("page.html"), "<script></script>");
    try (Page tab = chromium.open(application.page(), width, 900)) {
      UploadPage page = new UploadPage(tab);
      assertThat(violations(tab)).isEmpty();

      page.choose(note);
      assertThat(page.confirmed(page.storedKey(note))).isVisible();
      assertThat(violations(tab)).isEmpty();

      page.throttle(4 << 20);
      page.choose(film);
      page.sent(film, 0.05);
      assertThat(violations(tab)).isEmpty();
      page.row(film).locator(".pause").click();
      page.is(film, "paused");
      assertThat(violations(tab)).isEmpty();
      page.row(film).locator(".cancel").click();
      page.throttle(-1);

      page.choose(huge, script);
      page.is(huge, "refused");
      page.is(script, "refused");
      assertThat(violations(tab)).isEmpty();
      assertThat(page.scrollsSideways()).isFalse();
      Chromium.screenshot(tab, "states-" + width);
    }
  }

  @Test
  void manyFilesDoNotBlockThePage() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("many"));
    for (int i = 0; i < MANY; i++) {
      Files.writeString(folder.resolve("note-" + i + ".txt"), "note " + i);
    }
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      tab.evaluate(
          "() => { window.tasks = []; new PerformanceObserver((list) => tasks.push(..."
              + "list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' }) }");
      // A task of the test itself shows that the browser reports them.
      tab.evaluate(
          "() => setTimeout(() => { for (const end = performance.now() + 300;"
              + " performance.now() < end; ); })");
      tab.waitForFunction("() => tasks.some((task) => task >= 300)");
      tab.evaluate("() => { tasks = [] }");
      drop(tab, folder);
      assertThat(tab.locator("#summary"))
          .hasText(MANY + " stored", new LocatorAssertions.HasTextOptions().setTimeout(240_000));
      assertThat(oss.keys()).hasSize(objects + MANY).doesNotHaveDuplicates();
      List<?> tasks = (List<?>) tab.evaluate("() => tasks");
      assertThat(tasks.stream().filter(task -> ((Number) task).doubleValue() > LONG_TASK))
          .as("of the tasks that lasted %s ms", tasks)
          .hasSizeLessThanOrEqualTo(INTERRUPTIONS);
    }
  }

  @Test
  void droppedFolderIsUploadedWithItsFolders() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("dropped"));
    Files.createDirectories(folder.resolve("inner/empty"));
    Path first = Files.writeString(folder.resolve("first.txt"), "first");
    Path second = Files.writeString(folder.resolve("inner/second.txt"), "second");
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      UploadPage page = new UploadPage(tab);
      drop(tab, folder);
      assertThat(oss.object(page.storedKey(first))).isPresent();
      assertThat(oss.object(page.storedKey(second))).isPresent();
      assertThat(oss.keys()).hasSize(objects + 2);
    }
  }

  /** A checked way has another border than the others, because systems replace its background. */
  @Test
  void forcedColoursShowTheChosenWay() throws Exception {
    try (Page tab = chromium.open(application.page(), 1280, 900)) {
      tab.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
      for (String way : new String[] {"upload", "url"}) {
        new UploadPage(tab).way(way);
        Object outlined =
            tab.evaluate(
                "() => [...document.querySelectorAll('[name=way]')]"
                    + ".filter(({ nextSibling }) => getComputedStyle(nextSibling).outlineStyle === 'solid')"
                    + ".map(({ value }) => value)");
        assertThat(outlined).isEqualTo(List.of(way));
        Chromium.screenshot(tab, "forced-colours-" + way);
      }
    }
  }

  /** Drops a file or a folder as the system's file manager does. */
  private static void drop(Page tab, Path dropped) {
    JsonArray files = new JsonArray();
    files.add(dropped.toAbsolutePath().toString());
    JsonObject data = new JsonObject();
    data.add("items", new JsonArray());
    data.add("files", files);
    data.addProperty("dragOperationsMask", 1);
    var devTools = tab.context().newCDPSession(tab);
    for (String type : new String[] {"dragEnter", "dragOver", "drop"}) {
      JsonObject event = new JsonObject();
      event.addProperty("type", type);
      event.addProperty("x", 300);
      event.addProperty("y", 300);
      event.add("data", data);
      devTools.send("Input.dispatchDragEvent", event);
    }
  }

  /** Returns the findings of axe-core, each with its elements. */
  private static List<?> violations(Page tab) {
    tab.evaluate("() => { if (!window.axe) {" + axe + "\n} }");
    return (List<?>)
        tab.evaluate(
            "async () => (await axe.run()).violations"
                + ".map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`)");
  }
}
