package io.osspost.emulator.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import io.osspost.testsupport.Chromium;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The browser build of ali-oss on a page of another origin, in the Chromium of this machine. */
final class AliOssInChromium extends AliOss {
  private final Settings settings;

  AliOssInChromium(String title, Settings settings, Row... lacking) {
    super(title, lacking);
    this.settings = settings;
  }

  @Override
  List<Report> run(List<String> names) throws IOException {
    HttpServer pages = serve(AliOssPackage.folder());
    try (Chromium chromium = Chromium.launch();
        Page page =
            chromium.open(
                "http://127.0.0.1:"
                    + pages.getAddress().getPort()
                    + "/browser-client.html#"
                    + URLEncoder.encode(settings.json(names), UTF_8).replace("+", "%20"),
                800,
                600)) {
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
}
