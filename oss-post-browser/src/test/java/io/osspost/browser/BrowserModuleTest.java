package io.osspost.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.testsupport.NodePackages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the module's own tests, and checks the npm package and the copy that servers serve. */
class BrowserModuleTest {
  private static final Path MODULE = Path.of("");

  @Test
  void modulesOwnTestsPass() throws IOException {
    NodePackages.installIn(MODULE);
    String printed =
        NodePackages.run(MODULE, "node", "--test", "--test-reporter=tap", "src/test/js/");
    assertThat(printed).containsPattern("# pass [1-9][0-9]").contains("# fail 0", "# skipped 0");
  }

  /** Uses the package as projects of both module systems do, from the published tarball. */
  @Test
  void packageIsInstalledFromItsTarball(@TempDir Path project) throws IOException {
    NodePackages.installIn(MODULE);
    Path packed = Files.createDirectory(project.resolve("packed"));
    NodePackages.run(
        MODULE, "npm", "pack", "--pack-destination", packed.toAbsolutePath().toString());
    Files.writeString(project.resolve("package.json"), "{\"private\":true}");
    NodePackages.run(
        project,
        "npm",
        "install",
        "--offline",
        "--no-audit",
        "--no-fund",
        "./packed/oss-post-0.1.0.tgz");
    String names =
        "UploadError,configure,confirm,discard,limits,requestGrant,send,upload,uploadAll";
    Files.writeString(
        project.resolve("as-module.mjs"),
        "import * as ossPost from 'oss-post';" + "console.log(Object.keys(ossPost).sort().join())");
    Files.writeString(
        project.resolve("as-commonjs.cjs"),
        "const ossPost = require('oss-post');" + "console.log(Object.keys(ossPost).sort().join())");
    assertThat(NodePackages.run(project, "node", "as-module.mjs").strip()).isEqualTo(names);
    assertThat(NodePackages.run(project, "node", "as-commonjs.cjs").strip()).isEqualTo(names);
    Path installed = project.resolve("node_modules/oss-post");
    assertThat(installed.resolve("dist/oss-post.d.ts")).exists();
    assertThat(Files.readString(installed.resolve("dist/oss-post.cjs")))
        .as("neither a path of this machine nor what only modules have")
        .doesNotContain("import.meta", System.getProperty("user.dir"));
  }

  @Test
  void jarHasTheServedCopyAndItsTypes() throws IOException {
    String served = resource("oss-post.js");
    assertThat(served)
        .startsWith(Files.readString(Path.of("src/main/js/oss-post.js")).stripTrailing())
        .contains("import.meta.url");
    assertThat(resource("oss-post.d.ts")).contains("export function configure");
    for (String name : new String[] {"grants.js", "content-policy.js", "parts.js", "crc64.js"}) {
      assertThat(resource(name)).isEqualTo(Files.readString(Path.of("src/main/js", name)));
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream resource =
        BrowserModuleTest.class.getResourceAsStream("/META-INF/resources/oss-post/" + name)) {
      return new String(Objects.requireNonNull(resource).readAllBytes(), UTF_8);
    }
  }
}
