package io.osspost.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.UploadGrants;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A WAR as users build it: web.xml, classes, and the library's jars in {@code WEB-INF/lib}. */
final class WebArchive {
  private static final String MODULE = "META-INF/resources/oss-post/oss-post.js";

  private final Namespace namespace;
  private final StringBuilder webXml = new StringBuilder();
  private final List<Path> libraries = new ArrayList<>();
  private final Map<String, String> files = new LinkedHashMap<>();

  WebArchive(Namespace namespace) {
    this.namespace = namespace;
    libraries.add(Path.of(namespace.jar(System.getProperty("jar"))));
    libraries.add(Path.of(namespace.jarOfCore(jarOf(UploadGrants.class).toString())));
    libraries.add(jarOf(MODULE));
  }

  /** Returns a WAR with one jar of the library, for users who copy jars by hand. */
  static WebArchive ofOneJar(Namespace namespace) {
    WebArchive war = withoutLibraries(namespace);
    war.libraries.add(Path.of(namespace.jarOfAll(System.getProperty("jar"))));
    return war;
  }

  /** Returns a WAR without the library. */
  static WebArchive withoutLibraries(Namespace namespace) {
    WebArchive war = new WebArchive(namespace);
    war.libraries.clear();
    return war;
  }

  private static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path jarOf(String resource) {
    String url = String.valueOf(WebArchive.class.getClassLoader().getResource(resource));
    return Path.of(URI.create(url.replaceFirst("^jar:", "").replaceFirst("!/.*", "")));
  }

  WebArchive contextParameters(String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      webXml.append("  <context-param>").append(parameter(namesAndValues, i));
      webXml.append("</context-param>\n");
    }
    return this;
  }

  WebArchive listener(String type) {
    webXml.append("  <listener><listener-class>").append(type);
    webXml.append("</listener-class></listener>\n");
    return this;
  }

  /** Adds an {@code OssPostFilter} for every path, on requests and asynchronous dispatches. */
  WebArchive filter(String name, String... parameters) {
    return filterOf("io.osspost.servlet.OssPostFilter", name, "/*", parameters);
  }

  /** Adds a filter of class {@code type} for the paths that match {@code pattern}. */
  WebArchive filterOf(String type, String name, String pattern, String... parameters) {
    webXml.append("  <filter><filter-name>").append(name).append("</filter-name>");
    webXml.append("<filter-class>").append(type).append("</filter-class>");
    webXml.append("<async-supported>true</async-supported>");
    appendInitParameters(parameters);
    webXml.append("</filter>\n  <filter-mapping><filter-name>").append(name);
    webXml.append("</filter-name><url-pattern>").append(pattern);
    webXml.append("</url-pattern><dispatcher>REQUEST</dispatcher>");
    webXml.append("<dispatcher>ASYNC</dispatcher></filter-mapping>\n");
    return this;
  }

  WebArchive servlet(String type, String pattern, String... parameters) {
    webXml.append("  <servlet><servlet-name>").append(type).append("</servlet-name>");
    webXml.append("<servlet-class>").append(type).append("</servlet-class>");
    appendInitParameters(parameters);
    webXml.append("<load-on-startup>1</load-on-startup><async-supported>true</async-supported>");
    webXml.append("</servlet>\n  <servlet-mapping><servlet-name>").append(type);
    webXml.append("</servlet-name><url-pattern>").append(pattern);
    webXml.append("</url-pattern></servlet-mapping>\n");
    return this;
  }

  /** Requires BASIC authentication for paths that match {@code pattern}. */
  WebArchive login(String pattern, String role, String otherRole) {
    webXml.append("  <security-constraint><web-resource-collection>");
    webXml.append("<web-resource-name>inside</web-resource-name><url-pattern>").append(pattern);
    webXml.append("</url-pattern></web-resource-collection><auth-constraint><role-name>");
    webXml.append(role).append("</role-name></auth-constraint></security-constraint>\n");
    webXml.append("  <login-config><auth-method>BASIC</auth-method>");
    webXml.append("<realm-name>shop</realm-name></login-config>\n");
    for (String each : List.of(role, otherRole)) {
      webXml.append("  <security-role><role-name>").append(each);
      webXml.append("</role-name></security-role>\n");
    }
    return this;
  }

  /** Adds a text file. */
  WebArchive file(String name, String text) {
    files.put(name, text);
    return this;
  }

  /** Adds the jars that contain these classes. */
  WebArchive librariesOf(Class<?>... types) {
    for (Class<?> type : types) {
      libraries.add(jarOf(type));
    }
    return this;
  }

  WebArchive libraries(List<Path> further) {
    libraries.addAll(further);
    return this;
  }

  /** Writes the WAR, with the named classes of {@code src/test/war}. */
  Path write(Path war, ServletContainer.Kind kind, List<String> classes) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
      add(zip, "WEB-INF/web.xml", namespace.webXml(webXml.toString()).getBytes(UTF_8));
      for (Map.Entry<String, String> file : files.entrySet()) {
        add(zip, file.getKey(), file.getValue().getBytes(UTF_8));
      }
      for (Path library : libraries) {
        add(zip, "WEB-INF/lib/" + library.getFileName(), Files.readAllBytes(library));
      }
      if (!classes.isEmpty()) {
        addClasses(zip, compiled(war, kind, classes));
      }
    }
    return war;
  }

  private Path compiled(Path war, ServletContainer.Kind kind, List<String> classes)
      throws IOException {
    List<Path> jars = new ArrayList<>(kind.jars());
    jars.addAll(libraries);
    return Sources.in(Path.of("src/test/war/shop"))
        .replace("jakarta.servlet", namespace.servletPackage())
        .compile(classes, jars, kind.java(), war.resolveSibling(war.getFileName() + "-classes"));
  }

  private static void addClasses(ZipOutputStream zip, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        add(zip, "WEB-INF/classes/" + name, Files.readAllBytes(file));
      }
    }
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private void appendInitParameters(String... parameters) {
    for (int i = 0; i < parameters.length; i += 2) {
      webXml.append("<init-param>").append(parameter(parameters, i)).append("</init-param>");
    }
  }

  private static String parameter(String[] namesAndValues, int i) {
    return "<param-name>"
        + namesAndValues[i]
        + "</param-name><param-value>"
        + namesAndValues[i + 1].replace("&", "&amp;").replace("<", "&lt;")
        + "</param-value>";
  }
}
