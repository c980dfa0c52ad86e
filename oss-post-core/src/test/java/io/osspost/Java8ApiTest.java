package io.osspost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * A Java 8 edition is made from the same sources. So core uses no API that Java 8 lacks, except
 * small methods that a compatibility layer supplies.
 */
class Java8ApiTest {
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path JAVA_8 = Path.of("target", "java18.signature");

  /**
   * The APIs that the layer supplies: records, the system's logger, and short methods on
   * collections.
   */
  private static final List<String> SUPPLIED =
      List.of(
          "void Record\\.<init>\\(\\)",
          ".*System\\.Logger.*",
          "java\\.util\\.(List|Set|Map) java\\.util\\.(List|Set|Map)\\.(of|copyOf)\\(.*",
          "java\\.util\\.List java\\.util\\.stream\\.Stream\\.toList\\(\\)",
          "\\S+ java\\.util\\.Optional\\.(or|orElseThrow|isEmpty|stream)\\(.*",
          "\\S+ String\\.(strip|isBlank|repeat)\\(.*",
          "boolean StringBuilder\\.isEmpty\\(\\)",
          "byte\\[\\] java\\.io\\.InputStream\\.readAllBytes\\(\\)",
          "String java\\.io\\.ByteArrayOutputStream\\.toString\\(java\\.nio\\.charset\\.Charset\\)",
          "java\\.nio\\.CharBuffer java\\.nio\\.CharBuffer\\.flip\\(\\)",
          "long java\\.time\\.Duration\\.toSeconds\\(\\)");

  @Test
  void usesNoOtherApiThanJava8HasOrTheLayerSupplies() throws IOException {
    Set<String> lacking = lacking();
    for (String supplied : SUPPLIED) {
      assertThat(lacking)
          .as("still needed: " + supplied)
          .anyMatch(Pattern.compile(supplied).asMatchPredicate());
    }
    SUPPLIED.forEach(supplied -> lacking.removeIf(Pattern.compile(supplied).asMatchPredicate()));
    assertThat(lacking).isEmpty();
  }

  private static Set<String> lacking() throws IOException {
    Set<String> lacking = new TreeSet<>();
    try (InputStream java8 = Files.newInputStream(JAVA_8);
        Stream<Path> files = Files.walk(CLASSES)) {
      SignatureChecker checker = new SignatureChecker(java8, Set.of(), new Collecting(lacking));
      checker.setSourcePath(new ArrayList<>());
      for (Path file : files.filter(Java8ApiTest::isClass).toList()) {
        checker.process(file.toFile());
      }
    }
    lacking.removeIf(api -> api.contains("io.osspost."));
    return lacking;
  }

  private static boolean isClass(Path file) {
    return file.toString().endsWith(".class") && !file.endsWith("module-info.class");
  }

  /** Collects the reports without their positions. */
  private record Collecting(Set<String> lacking) implements Logger {
    private static final String REPORT = "Undefined reference: ";

    @Override
    public void error(String message) {
      int at = message.indexOf(REPORT);
      if (at >= 0) {
        lacking.add(message.substring(at + REPORT.length()));
      }
    }

    @Override
    public void error(String message, Throwable cause) {
      throw new IllegalStateException(message, cause);
    }

    @Override
    public void info(String message) {}

    @Override
    public void info(String message, Throwable cause) {}

    @Override
    public void debug(String message) {}

    @Override
    public void debug(String message, Throwable cause) {}

    @Override
    public void warn(String message) {}

    @Override
    public void warn(String message, Throwable cause) {}
  }
}
