package io.osspost.servlet;

/** What the packages of servlets are called: since Jakarta EE 9, or before. */
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

  /** A web.xml with {@code content}. */
  String webXml(String content) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<web-app xmlns=\""
        + schema
        + "\" version=\""
        + version
        + "\">\n"
        + content
        + "</web-app>\n";
  }

  /** The jar of this module that has these names, given the main one. */
  String jar(String main) {
    return main.replace(".jar", classifier + ".jar");
  }

  /** The jar with all that a WAR needs, given the main one. */
  String jarOfAll(String main) {
    return main.replace(".jar", classifier + "-all.jar");
  }
}
