package io.osspost.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.fault.Fault;
import io.osspost.examples.Firefox.Sending;
import io.osspost.testsupport.PackagedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The browser module in Firefox: forms, parts, pause, and lines that break. */
@Tag("full")
class FirefoxIT {
  @TempDir static Path directory;
  private static Firefox firefox;
  @AutoClose private static OssEmulator oss;
  @AutoClose private static PackagedProgram application;
  private static Path note;
  private static Path film;
  private int objects;

  @BeforeAll
  static void start() throws Exception {
    firefox = Firefox.find();
    oss = OssEmulator.builder().start();
    application =
        PackagedApplication.using(
            oss,
            "--oss.post.multipart.part-size=1MB",
            "--spring.web.resources.static-locations=classpath:/META-INF/resources/,"
                + "file:src/test/resources/static/,"
                + directory.toUri());
    note = UploadPage.writeRandom(directory.resolve("note.txt"), 600_000);
    film = UploadPage.writeRandom(directory.resolve("film.mp4"), (8 << 20) + 4711);
  }

  @BeforeEach
  void letAllGoWell() {
    oss.faults().clear();
    objects = oss.keys().size();
  }

  @Test
  void sendsFormsAndPartsFromPageAndWorker() throws Exception {
    String policy =
        "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self' "
            + oss.endpoint()
            + "; require-trusted-types-for 'script'; trusted-types oss-post";
    String strict = ModulePage.withPolicy(policy, directory);
    Map<String, ?> inWorker = Map.of("checksum", true, "from", "worker");
    List<JsonObject> results =
        firefox.send(
            sending(strict, note, Map.of()),
            sending(strict, film, Map.of("checksum", true)),
            sending(ModulePage.NAME, note, inWorker),
            sending(ModulePage.NAME, film, inWorker));
    assertThat(oss.keys()).hasSize(objects + 4);
    for (int i = 0; i < results.size(); i++) {
      assertStored(results.get(i), i % 2 == 0 ? note : film);
      assertThat(results.get(i).get("violations").getAsString()).isEmpty();
    }
  }

  @Test
  void pausedUploadContinuesAfterAReload() throws Exception {
    List<JsonObject> results =
        firefox.send(
            sending(ModulePage.NAME, film, Map.of("cancelAt", 0.4, "partsAtOnce", 1)),
            sending(ModulePage.NAME, film, Map.of("checksum", true)));
    assertThat(results.get(0).get("code").getAsString()).isEqualTo("AbortError");
    assertStored(results.get(1), film);
    assertThat(results.get(1).get("ticket")).isEqualTo(results.get(0).get("ticket"));
    assertThat(oss.keys()).hasSize(objects + 1);
  }

  static Stream<Fault> faults() {
    return Stream.of(
        Fault.loseAnswer(), Fault.cutAnswerAfter(10), Fault.drop(), Fault.loseCallback());
  }

  /** Firefox does not repeat a request by itself. The module asks the server instead. */
  @ParameterizedTest
  @MethodSource("faults")
  void formIsStoredOnce(Fault fault) throws Exception {
    oss.faults().add(fault.on("POST"));
    assertStored(firefox.send(sending(ModulePage.NAME, note, Map.of())).get(0), note);
    assertThat(oss.keys()).hasSize(objects + 1);
  }

  @Test
  void partsSurviveBrokenLines() throws Exception {
    oss.faults().add(Fault.loseAnswer().on("PUT"));
    oss.faults().add(Fault.cutUploadAfter(300_000).on("PUT"));
    assertStored(firefox.send(sending(ModulePage.NAME, film, Map.of())).get(0), film);
    assertThat(oss.keys()).hasSize(objects + 1);
  }

  private static Sending sending(String page, Path file, Map<String, ?> options) throws Exception {
    return new Sending(ModulePage.address(application.page(), page, options), file);
  }

  private static void assertStored(JsonObject result, Path file) throws Exception {
    assertThat(result.keySet()).as("%s", result).contains("key");
    assertThat(
            UploadPage.sha256(oss.object(result.get("key").getAsString()).orElseThrow().content()))
        .isEqualTo(UploadPage.sha256(Files.newInputStream(file)));
  }
}
