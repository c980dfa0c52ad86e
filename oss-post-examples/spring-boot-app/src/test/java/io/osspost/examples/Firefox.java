package io.osspost.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.osspost.testsupport.NodePackages;
import io.osspost.testsupport.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Firefox of this machine, headless, driven by the npm package puppeteer-core. */
record Firefox(Path program, Path project) {

  static Firefox find() throws IOException {
    Path program =
        Requirement.FIREFOX.find(
            "Firefox",
            "/usr/bin/firefox-esr",
            "/usr/bin/firefox",
            "/Applications/Firefox.app/Contents/MacOS/firefox");
    return new Firefox(
        program,
        NodePackages.install(Path.of("src", "test", "firefox"), Path.of("target", "firefox")));
  }

  /** A file, and the address of the tests' page that sends it. */
  record Sending(String address, Path file) {}

  /** Sends files one after the other in one browser, and returns their results. */
  List<JsonObject> send(Sending... sendings) throws IOException {
    List<String> command = new ArrayList<>(List.of("node", "send.mjs", program.toString()));
    for (Sending sending : sendings) {
      command.add(sending.address());
      command.add(sending.file().toString());
    }
    String printed = NodePackages.run(project, command.toArray(String[]::new));
    List<JsonObject> results =
        printed
            .lines()
            .filter(line -> line.startsWith("{"))
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .toList();
    assertThat(results).as(printed).hasSize(sendings.length);
    return results;
  }
}
