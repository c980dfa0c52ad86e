package io.osspost.emulator.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** ali-oss of npm, in Node.js. */
final class AliOssInNode extends AliOss {
  private static final JsonFactory JSON = new JsonFactory();

  private final Settings settings;

  AliOssInNode(String title, Settings settings, Row... lacking) {
    super(title, lacking);
    this.settings = settings;
  }

  @Override
  List<Report> run(List<String> names) throws IOException {
    Path folder = AliOssPackage.folder();
    Process node =
        new ProcessBuilder("node", "--no-warnings", "node-client.mjs", settings.json(names))
            .directory(folder.toFile())
            .redirectError(folder.resolve("node.log").toFile())
            .start();
    String output = new String(node.getInputStream().readAllBytes(), UTF_8);
    List<Report> reports = new ArrayList<>();
    for (String line : output.lines().filter(text -> text.startsWith("{\"row\"")).toList()) {
      reports.add(report(line));
    }
    return reports;
  }

  private static Report report(String line) throws IOException {
    String row = "";
    String message = "";
    try (JsonParser json = JSON.createParser(line)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
          if (json.currentName().equals("row")) {
            row = json.getText();
          } else {
            message = json.getText();
          }
        }
      }
    }
    return new Report(row, message);
  }
}
