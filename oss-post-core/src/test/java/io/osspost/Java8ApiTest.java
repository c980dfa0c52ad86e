package io.osspost;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.edition.Java8Edition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The Java 8 edition is made from the same classes. So core uses no API that Java 8 lacks, except
 * the methods and types of {@code io.osspost.java8}. The edition is rejected otherwise.
 */
class Java8ApiTest {
  private static final Path CLASSES = Path.of("target", "classes");

  @Test
  void everyClassCanBeRewrittenForJava8() throws IOException {
    List<byte[]> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file : files.filter(Java8ApiTest::isClass).toList()) {
        classes.add(Files.readAllBytes(file));
      }
    }
    assertThat(Java8Edition.of(classes, false))
        .hasSameSizeAs(classes)
        .containsKey("io/osspost/UploadGrants");
  }

  private static boolean isClass(Path file) {
    return file.toString().endsWith(".class") && !file.endsWith("module-info.class");
  }
}
