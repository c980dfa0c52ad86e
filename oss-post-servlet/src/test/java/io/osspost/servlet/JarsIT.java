package io.osspost.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contents of the jars. */
@ParameterizedClass
@EnumSource(Namespace.class)
class JarsIT {
  private static final String SERVICE = "META-INF/services/";

  @Parameter Namespace namespace;

  @Test
  void theServiceFileIsNamedAsTheContainerLooksForIt() throws Exception {
    try (JarFile jar = jar()) {
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
  void allJarsHaveTheSameModule() throws Exception {
    try (JarFile jar = jar()) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("io.osspost.servlet");
      assertThat(jar.getEntry("module-info.class")).isNull();
    }
  }

  /** An older Java loads the initializer, which explains which jar to use. */
  @Test
  void onlyTheInitializerIsOfJava8InJarsForJava17() throws Exception {
    try (JarFile jar = jar()) {
      for (String name : named(jar, ".class")) {
        boolean forJava8 =
            namespace == Namespace.JAVA8
                || name.equals("io/osspost/servlet/OssPostInitializer.class");
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
          assertThat(in.readNBytes(8)[7]).as(name).isEqualTo((byte) (forJava8 ? 52 : 61));
        }
      }
    }
  }

  @Test
  void oneJarHasAllClasses() throws Exception {
    String main = System.getProperty("jar");
    try (JarFile all = new JarFile(namespace.jarOfAll(main));
        JarFile jar = jar()) {
      assertThat(named(all, ".class"))
          .containsAll(named(jar, ".class"))
          .contains("io/osspost/UploadGrants.class")
          .allMatch(name -> name.startsWith("io/osspost/"));
      assertThat(all.getEntry("META-INF/resources/oss-post/oss-post.js")).isNotNull();
    }
  }

  @Test
  void noClassUsesTheOtherNamespace() throws Exception {
    try (JarFile jar = jar()) {
      List<String> classes = named(jar, ".class");
      assertThat(classes).contains("io/osspost/servlet/OssPostFilter.class");
      String others = namespace.otherServletPackage().replace('.', '/') + "/";
      String othersInText = namespace.otherServletPackage() + ".";
      for (String name : classes) {
        assertThat(new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), ISO_8859_1))
            .as(name)
            .doesNotContain(others, othersInText);
      }
    }
  }

  @Test
  void everyClassHasItsSource() throws Exception {
    try (JarFile jar = jar();
        JarFile sources = new JarFile(namespace.sources(System.getProperty("jar")))) {
      assertThat(named(sources, ".java"))
          .containsExactlyInAnyOrderElementsOf(
              named(jar, ".class").stream()
                  .filter(name -> !name.contains("$"))
                  .map(name -> name.replace(".class", ".java"))
                  .toList());
      for (String name : named(sources, ".java")) {
        assertThat(text(sources, name))
            .as(name)
            .doesNotContain("import " + namespace.otherServletPackage());
      }
      assertThat(text(sources, "io/osspost/servlet/OssPostFilter.java"))
          .contains("import " + namespace.servletPackage() + ".Filter;");
    }
  }

  private JarFile jar() throws IOException {
    return new JarFile(namespace.jar(System.getProperty("jar")));
  }

  private static List<String> named(JarFile jar, String end) {
    return jar.stream().map(JarEntry::getName).filter(name -> name.endsWith(end)).toList();
  }

  private static String text(JarFile jar, String name) throws IOException {
    return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), UTF_8);
  }
}
