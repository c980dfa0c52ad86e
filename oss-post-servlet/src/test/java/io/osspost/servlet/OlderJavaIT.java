package io.osspost.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jars for Java 17 in containers on Java 8, whose log says which jars to use. */
@Tag("full")
class OlderJavaIT {
  private static final String EXPLANATION =
      "oss-post needs Java 17, and this is Java 1.8.0_\\d+."
          + " Use the jars with the classifier java8.";

  @TempDir Path folder;

  @Test
  void tomcatExplainsWhichJarsToUse() throws Exception {
    assertExplains(ServletContainer.Kind.TOMCAT_8_ON_JAVA_8);
  }

  @Test
  void jettyExplainsWhichJarsToUse() throws Exception {
    assertExplains(ServletContainer.Kind.JETTY_9_ON_JAVA_8);
  }

  private void assertExplains(ServletContainer.Kind kind) throws Exception {
    List<WebArchive> wars =
        List.of(
            new WebArchive(Namespace.JAVAX),
            WebArchive.ofOneJar(Namespace.JAVAX),
            new WebArchive(Namespace.JAVAX).filter("uploads", "bucket", "examplebucket"),
            new WebArchive(Namespace.JAVAX).servlet("io.osspost.servlet.OssPostServlet", "/api/*"));
    try (ServletContainer container = ServletContainer.start(kind, List.of())) {
      for (int i = 0; i < wars.size(); i++) {
        String path = "/older" + i;
        Path war = wars.get(i).write(folder.resolve("older" + i + ".war"), kind, List.of());
        int before = container.log().length();
        assertThat(container.tryToDeploy(path, war)).startsWith("failed");
        String log = container.log().substring(before);
        assertThat(log).containsPattern(EXPLANATION);
        assertThat(log).doesNotContain("UnsupportedClassVersionError");
      }
    }
  }
}
