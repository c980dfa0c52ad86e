package io.osspost.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contents of the jars of both namespaces. */
@ParameterizedClass
@EnumSource(Namespace.class)
class JarsIT {
  private static final String SERVICE = "META-INF/services/";

  @Parameter Namespace namespace;

  @Test
  void theServiceFileIsNamedAsTheContainerLooksForIt() throws Exception {
    try (JarFile jar = jar("")) {
      List<String> services =
          jar.stream()
              .map(JarEntry::getName)
              .filter(name -> name.startsWith(SERVICE) && !name.equals(SERVICE))
              .toList();
      assertThat(services)
          .containsExactly(SERVICE + namespace.servletPackage() + ".ServletContainerInitializer");
      assertThat(text(jar, services.get(0)).strip())
          .isEqualTo("io.osspost.servlet.OssPostInitializer");
    }
  }

  @Test
  void bothJarsHaveTheSameModule() throws Exception {
    try (JarFile jar = jar("")) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("io.osspost.servlet");
      assertThat(jar.getEntry("module-info.class")).isNull();
    }
  }

  @Test
  void noClassUsesTheOtherNamespace() throws Exception {
    try (JarFile jar = jar("")) {
      List<String> classes = named(jar, ".class");
      assertThat(classes).contains("io/osspost/servlet/OssPostFilter.class");
      String others = other().replace('.', '/') + "/";
      String othersInText = other() + ".";
      for (String name : classes) {
        assertThat(new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), ISO_8859_1))
            .as(name)
            .doesNotContain(others, othersInText);
      }
    }
  }

  @Test
  void everyClassHasItsSource() throws Exception {
    try (JarFile jar = jar("");
        JarFile sources = jar("-sources")) {
      assertThat(named(sources, ".java"))
          .containsExactlyInAnyOrderElementsOf(
              named(jar, ".class").stream()
                  .filter(name -> !name.contains("$"))
                  .map(name -> name.replace(".class", ".java"))
                  .toList());
      for (String name : named(sources, ".java")) {
        assertThat(text(sources, name)).as(name).doesNotContain("import " + other());
      }
      assertThat(text(sources, "io/osspost/servlet/OssPostFilter.java"))
          .contains("import " + namespace.servletPackage() + ".Filter;");
    }
  }

  private String other() {
    return namespace == Namespace.JAVAX
        ? Namespace.JAKARTA.servletPackage()
        : Namespace.JAVAX.servletPackage();
  }

  private JarFile jar(String suffix) throws IOException {
    String main = namespace.jar(System.getProperty("jar"));
    return new JarFile(Path.of(main.replace(".jar", suffix + ".jar")).toFile());
  }

  private static List<String> named(JarFile jar, String end) {
    return jar.stream().map(JarEntry::getName).filter(name -> name.endsWith(end)).toList();
  }

  private static String text(JarFile jar, String name) throws IOException {
    return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), UTF_8);
  }
}
