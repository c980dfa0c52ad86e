package io.osspost.emulator.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The browser build of ali-oss on a page of another origin, in the Chromium of this machine. Where
 * there is none the tests are skipped, unless {@code OSS_POST_REQUIRE} lists {@code browser}.
 */
final class AliOssInChromium extends AliOss {
  private static final List<String> FLAGS =
      List.of("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking");

  private final Settings settings;

  AliOssInChromium(String title, Settings settings, Row... lacking) {
    super(title, lacking);
    this.settings = settings;
  }

  @Override
  List<Report> run(List<String> names) throws IOException {
    Path executable = executable().orElseGet(AliOssInChromium::missing);
    HttpServer pages = serve(NodePackages.folder());
    Map<String, String> environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    try (Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new LaunchOptions()
                        .setExecutablePath(executable)
                        .setHeadless(true)
                        .setArgs(FLAGS))) {
      Page page = browser.newPage();
      page.navigate(
          "http://127.0.0.1:"
              + pages.getAddress().getPort()
              + "/browser-client.html#"
              + URLEncoder.encode(settings.json(names), UTF_8).replace("+", "%20"));
      page.waitForFunction(
          "window.reports", null, new Page.WaitForFunctionOptions().setTimeout(120_000));
      return reports(page.evaluate("window.reports"));
    } finally {
      pages.stop(0);
    }
  }

  private static List<Report> reports(Object answer) {
    List<Report> reports = new ArrayList<>();
    for (Object one : (List<?>) answer) {
      Map<?, ?> report = (Map<?, ?>) one;
      Object message = report.get("message");
      reports.add(
          new Report(String.valueOf(report.get("row")), message == null ? "" : message.toString()));
    }
    return reports;
  }

  private static HttpServer serve(Path folder) throws IOException {
    Map<String, Path> files =
        Map.of(
            "/browser-client.html", folder.resolve("browser-client.html"),
            "/conformance.mjs", folder.resolve("conformance.mjs"),
            "/aliyun-oss-sdk.min.js",
                folder.resolve("node_modules/ali-oss/dist/aliyun-oss-sdk.min.js"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Path file = files.get(exchange.getRequestURI().getPath());
          byte[] body = file == null ? new byte[0] : Files.readAllBytes(file);
          String type = String.valueOf(file).endsWith("html") ? "text/html" : "text/javascript";
          exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
          exchange.sendResponseHeaders(
              file == null ? 404 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
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
    if (List.of(System.getenv().getOrDefault("OSS_POST_REQUIRE", "").split(",", -1))
        .contains("browser")) {
      return fail(message);
    }
    return abort(message);
  }
}
