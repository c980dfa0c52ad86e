package io.osspost.examples;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Chromium of this machine, headless. Where there is none the test is skipped, unless {@code
 * OSS_POST_REQUIRE} lists {@code browser}: then it fails.
 */
final class Chromium implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium launch() {
    return launch(List.of());
  }

  /** One that reaches OSS's addresses at {@code port} of this machine. */
  static Chromium launchWithOssAt(int port) {
    return launch(List.of("--host-resolver-rules=MAP *.aliyuncs.com 127.0.0.1:" + port));
  }

  /** One for which {@code host} is a name of this machine. */
  static Chromium launchWithHost(String host) {
    return launch(List.of("--host-resolver-rules=MAP " + host + " 127.0.0.1"));
  }

  private static Chromium launch(List<String> furtherFlags) {
    List<String> flags = Stream.concat(FLAGS.stream(), furtherFlags.stream()).toList();
    Path executable = executable().orElseGet(Chromium::missing);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new LaunchOptions().setExecutablePath(executable).setHeadless(true).setArgs(flags));
    return new Chromium(playwright, browser);
  }

  Page open(String url, int width, int height) {
    BrowserContext context =
        browser.newContext(new NewContextOptions().setViewportSize(width, height));
    Page page = context.newPage();
    page.navigate(url);
    return page;
  }

  static void screenshot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  private static Optional<Path> executable() {
    return Stream.of(
            System.getenv().getOrDefault("CHROMIUM", ""),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
        .filter(path -> !path.isEmpty())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path missing() {
    String message =
        "No Chromium found. Install one, or name it in the environment variable CHROMIUM.";
    if (List.of(System.getenv().getOrDefault("OSS_POST_REQUIRE", "").split(","))
        .contains("browser")) {
      return fail(message);
    }
    return abort(message);
  }
}
