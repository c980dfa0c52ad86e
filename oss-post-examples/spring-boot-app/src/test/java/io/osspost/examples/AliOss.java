package io.osspost.examples;

import io.osspost.testsupport.NodePackages;
import java.io.IOException;
import java.nio.file.Path;

/** The vendor's own SDK for browsers, from its npm package. */
final class AliOss {
  private AliOss() {}

  /** Returns the script that a page loads. */
  static Path script() throws IOException {
    return NodePackages.install(Path.of("src", "test", "node"), Path.of("target", "node"))
        .resolve("node_modules/ali-oss/dist/aliyun-oss-sdk.min.js");
  }
}
