package io.osspost.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Installs npm packages below {@code target}, and runs Node.js there. */
public final class NodePackages {
  private NodePackages() {}

  /**
   * Copies the files of {@code source} and installs the packages of its lock file beside them.
   *
   * @return the folder with the files and {@code node_modules}
   */
  public static synchronized Path install(Path source, Path target) throws IOException {
    copy(source, target);
    installIn(target);
    return target;
  }

  /**
   * Installs the packages of {@code folder}'s {@code package-lock.json} there. Packages that are
   * installed already are kept.
   */
  public static synchronized void installIn(Path folder) throws IOException {
    Path installed = folder.resolve("node_modules/.package-lock.json");
    if (!Files.exists(installed)
        || Files.getLastModifiedTime(installed)
                .compareTo(Files.getLastModifiedTime(folder.resolve("package-lock.json")))
            < 0) {
      try {
        run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
      } catch (AssertionError e) {
        throw Requirement.NODE.missing("The packages were not installed. " + e.getMessage());
      }
    }
  }

  /** Copies the files of a folder, but not the folders in it. */
  public static void copy(Path source, Path target) throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /**
   * Runs a command in {@code folder} for at most three minutes. The calling test fails if the
   * command fails, and is skipped if this machine has no such command.
   *
   * @return the command's output
   */
  public static String run(Path folder, String... command) throws IOException {
    Path log = Files.createTempFile("oss-post-node", ".log");
    try {
      List<String> words = new ArrayList<>(List.of(command));
      Process process =
          new ProcessBuilder(words)
              .directory(folder.toAbsolutePath().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      boolean ended = process.waitFor(3, TimeUnit.MINUTES);
      process.destroyForcibly();
      String printed = Files.readString(log, UTF_8);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError(
            String.join(" ", words) + (ended ? " failed:\n" : " did not end:\n") + printed);
      }
      return printed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while " + command[0] + " was at work", e);
    } catch (IOException e) {
      throw Requirement.NODE.missing(
          command[0] + " was not found. Install Node.js 20 or newer. " + e.getMessage());
    } finally {
      Files.deleteIfExists(log);
    }
  }
}
