package io.osspost.testsupport;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Chromium of this machine, headless. */
public final class Chromium implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** Milliseconds that an expectation may take on a busy machine. */
  private static final double PATIENCE = 30_000;

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

  public static Chromium launch() {
    return launch(List.of());
  }

  /** Opens a browser that reaches OSS's addresses at {@code port} of this machine. */
  public static Chromium launchWithOssAt(int port) {
    return launch(List.of("--host-resolver-rules=MAP *.aliyuncs.com 127.0.0.1:" + port));
  }

  /** Opens a browser for which {@code host} is a name of this machine. */
  public static Chromium launchWithHost(String host) {
    return launch(List.of("--host-resolver-rules=MAP " + host + " 127.0.0.1"));
  }

  private static Chromium launch(List<String> furtherFlags) {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    List<String> flags = Stream.concat(FLAGS.stream(), furtherFlags.stream()).toList();
    Path executable = executable();
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

  /** Opens a page with its own cookies. */
  public Page open(String url, int width, int height) {
    Page page =
        browser.newContext(new NewContextOptions().setViewportSize(width, height)).newPage();
    page.navigate(url);
    return page;
  }

  public static void screenshot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  private static Path executable() {
    return Requirement.BROWSER.find(
        "Chromium",
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
  }
}
