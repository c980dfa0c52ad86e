package io.osspost.servlet;

/** The package names of servlets: since Jakarta EE 9, or before. */
enum Namespace {
  JAKARTA("jakarta.servlet", "https://jakarta.ee/xml/ns/jakartaee", "5.0", ""),
  JAVAX("javax.servlet", "http://xmlns.jcp.org/xml/ns/javaee", "3.1", "-javax");

  private final String servletPackage;
  private final String schema;
  private final String version;
  private final String classifier;

  Namespace(String servletPackage, String schema, String version, String classifier) {
    this.servletPackage = servletPackage;
    this.schema = schema;
    this.version = version;
    this.classifier = classifier;
  }

  String servletPackage() {
    return servletPackage;
  }

  /** Returns a web.xml with {@code content}. */
  String webXml(String content) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<web-app xmlns=\""
        + schema
        + "\" version=\""
        + version
        + "\">\n"
        + content
        + "</web-app>\n";
  }

  /** Returns this module's jar with these names, beside the main one. */
  String jar(String main) {
    return main.replace(".jar", classifier + ".jar");
  }

  /** Returns the jar with all classes that a WAR needs, beside the main one. */
  String jarOfAll(String main) {
    return main.replace(".jar", classifier + "-all.jar");
  }
}
