package io.osspost.examples;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Page;
import io.osspost.testsupport.Chromium;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The tests' own page, which sends a file with the browser module and shows the result as JSON. */
record ModulePage(Page tab) implements AutoCloseable {
  static final String NAME = "module-page.html";
  private static final Path SOURCE = Path.of("src/test/resources/static", NAME);

  /**
   * Opens the page with options of the module, and {@code from}: {@code page} or {@code worker}.
   */
  static ModulePage open(Chromium chromium, String application, Map<String, ?> options) {
    return open(chromium, application, NAME, options);
  }

  /** Opens a variant of the page. */
  static ModulePage open(
      Chromium chromium, String application, String name, Map<String, ?> options) {
    Page tab = chromium.open(address(application, name, options), 900, 600);
    tab.locator("body[data-ready]").waitFor();
    return new ModulePage(tab);
  }

  static String address(String application, String name, Map<String, ?> options) {
    String query = URLEncoder.encode(new Gson().toJson(options), StandardCharsets.UTF_8);
    return application + name + "?" + query.replace("+", "%20");
  }

  /**
   * Writes a variant with a Content-Security-Policy into {@code directory}, and returns its name.
   */
  static String withPolicy(String contentPolicy, Path directory) throws IOException {
    String meta = "<meta http-equiv=\"Content-Security-Policy\" content=\"" + contentPolicy + "\">";
    String page = Files.readString(SOURCE).replace("<title>", meta + "<title>");
    return Files.writeString(Files.createTempFile(directory, "page", ".html"), page)
        .getFileName()
        .toString();
  }

  void reload() {
    tab.reload();
    tab.locator("body[data-ready]").waitFor();
  }

  void choose(Path file) {
    tab.locator("input").setInputFiles(file);
  }

  /** Sends the file and returns its result: {@code key} of the object, or {@code code}. */
  JsonObject send(Path file) {
    choose(file);
    return result();
  }

  JsonObject result() {
    tab.locator("#result:not(:empty)").waitFor();
    return JsonParser.parseString(tab.locator("#result").textContent()).getAsJsonObject();
  }

  String violations() {
    return tab.locator("#violations").textContent();
  }

  @Override
  public void close() {
    tab.close();
  }
}
