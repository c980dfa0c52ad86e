package io.osspost.emulator.clients;

import io.osspost.testsupport.NodePackages;
import java.io.IOException;
import java.nio.file.Path;

/** The npm package of ali-oss, installed beside the scripts that use it. */
final class AliOssPackage {
  private AliOssPackage() {}

  /** The folder with the scripts and, beside them, {@code node_modules}. */
  static Path folder() throws IOException {
    return NodePackages.install(Path.of("src", "test", "node"), Path.of("target", "node"));
  }
}
