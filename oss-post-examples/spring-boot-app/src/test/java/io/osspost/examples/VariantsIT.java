package io.osspost.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Page;
import io.osspost.testsupport.Chromium;
import io.osspost.testsupport.PackagedProgram;
import io.osspost.testsupport.PartsByHttp;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The example's own classes on other Boots, servers and class paths. Each is a separate process
 * that a browser uploads through.
 */
class VariantsIT {
  private static final Pattern SECURITY =
      Pattern.compile("spring-(boot-|boot-starter-)?security.*");
  private static final Pattern MVC =
      Pattern.compile("tomcat-.*|spring-webmvc.*|spring-boot-(starter-)?(tomcat|webmvc|servlet).*");
  private static final Pattern WEBFLUX =
      Pattern.compile(
          "netty-.*|reactor-.*|spring-webflux.*|spring-boot-.*(netty|reactor|webflux).*");

  @TempDir static Path directory;
  @AutoClose private static Chromium chromium;
  private static Path text;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    text = Files.writeString(directory.resolve("notes.txt"), "written by hand");
  }

  @ParameterizedTest(name = "Boot {0}, {1}")
  @CsvSource({
    "3.5, MVC, server.servlet.context-path",
    "4.1, MVC, server.servlet.context-path",
    "4.1, WebFlux, spring.webflux.base-path"
  })
  void behindAContextPathItUploadsAndIsToldOfIt(String boot, String web, String contextPath)
      throws Exception {
    uploadsBehind(boot, web, contextPath);
  }

  @Test
  @Tag("full")
  void onTheOlderBootsWebFluxItDoesToo() throws Exception {
    uploadsBehind("3.5", "WebFlux", "spring.webflux.base-path");
  }

  private static void uploadsBehind(String boot, String web, String contextPath) throws Exception {
    List<String> command = java(classPath(boot, SECURITY, without(web)));
    try (PackagedProgram application =
            PackagedApplication.start(
                command,
                Path.of(""),
                "--" + contextPath + "=/shop",
                "--oss.post.multipart.part-size=100KB");
        Page tab = chromium.open(application.page(), 800, 600)) {
      assertThat(application.page()).endsWith("/shop/");
      assertThat(application.output()).contains(web.equals("MVC") ? "Tomcat" : "Netty");
      uploadsAndIsToldOfIt(new UploadPage(tab));
      PartsByHttp parts =
          new PartsByHttp(HttpClient.newHttpClient(), application.page(), "default");
      assertThat(parts.upload("a.png", new byte[250_000])).startsWith("uploads/");
      parts.refusals();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"MVC", "WebFlux"})
  void behindSpringSecurityWhoLoggedInUploadsIntoADirectoryOfTheirOwn(String web) throws Exception {
    logsInAndUploads(java(classPath("4.1", without(web))));
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(strings = {"MVC", "WebFlux"})
  void onTheOlderBootTheyDoToo(String web) throws Exception {
    logsInAndUploads(java(classPath("3.5", without(web))));
  }

  private static void logsInAndUploads(List<String> command) throws Exception {
    try (PackagedProgram application =
            PackagedApplication.start(
                command,
                Path.of(""),
                "--oss.post.allow-anonymous=false",
                // The application decides whether Security accepts OSS's calls; this one does not.
                "--oss.post.callback.url=",
                "--spring.security.user.name=alice",
                "--spring.security.user.password=wonderland");
        Page tab = chromium.open(application.page(), 800, 600)) {
      tab.locator("[name=username]").fill("alice");
      tab.locator("[name=password]").fill("wonderland");
      tab.locator("button").click();
      UploadPage page = new UploadPage(tab);
      page.choose(text);
      assertThat(page.storedKey(text)).startsWith("uploads/alice/");
    }
  }

  @Test
  void onVirtualThreadsItUploads() throws Exception {
    Path jdk = virtualThreads();
    try (PackagedProgram application =
            PackagedApplication.start(
                PackagedApplication.jar(jdk),
                Path.of(""),
                "--spring.threads.virtual.enabled=true");
        Page tab = chromium.open(application.page(), 800, 600)) {
      uploadsAndIsToldOfIt(new UploadPage(tab));
    }
  }

  @Test
  void processedAheadOfTimeItUploads() throws Exception {
    List<String> command =
        new ArrayList<>(PackagedApplication.jar(Path.of(System.getProperty("java.home"))));
    command.add(1, "-Dspring.aot.enabled=true");
    try (PackagedProgram application = PackagedApplication.start(command, Path.of(""));
        Page tab = chromium.open(application.page(), 800, 600)) {
      assertThat(application.output()).contains("Starting AOT-processed UploadApplication");
      uploadsAndIsToldOfIt(new UploadPage(tab));
    }
  }

  private static void uploadsAndIsToldOfIt(UploadPage page) {
    page.choose(text);
    String key = page.storedKey(text);
    page.confirmed(key).waitFor();
    assertThat(key).startsWith("uploads/");
  }

  private static Pattern without(String web) {
    return web.equals("MVC") ? WEBFLUX : MVC;
  }

  private static List<String> java(String classPath) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        // Reactor Netty may stop reading a kept connection: its issue 4361.
        "-Dserver.netty.max-keep-alive-requests=1",
        "-cp",
        classPath,
        UploadApplication.class.getName());
  }

  /**
   * Returns the example's classes and all jars of that Boot, without the ones that a variant lacks.
   */
  private static String classPath(String boot, Pattern... left) throws IOException {
    Path written = Path.of("..", "boot-class-paths", "boot-" + boot, "target", "class-path");
    List<String> entries = new ArrayList<>();
    entries.add(Path.of("target", "classes").toAbsolutePath().toString());
    Stream.of(Files.readString(written).strip().split(File.pathSeparator, -1))
        .filter(
            entry -> Stream.of(left).noneMatch(p -> p.matcher(new File(entry).getName()).matches()))
        .forEach(entries::add);
    return String.join(File.pathSeparator, entries);
  }

  /** Returns a JDK of that version: this one, or the newer one of this machine. */
  private static Path virtualThreads() {
    if (Runtime.version().feature() >= 21) {
      return Path.of(System.getProperty("java.home"));
    }
    String newer =
        System.getenv().getOrDefault("JAVA_25_HOME", "/usr/lib/jvm/temurin-25-jdk-amd64");
    assumeThat(Path.of(newer)).as("a JDK with virtual threads").isDirectory();
    return Path.of(newer);
  }
}
