package io.osspost.servlet;

/** The package names of servlets: since Jakarta EE 9, or before, and then also for Java 8. */
enum Namespace {
  JAKARTA("jakarta.servlet", "https://jakarta.ee/xml/ns/jakartaee", "5.0", ""),
  JAVAX("javax.servlet", "http://xmlns.jcp.org/xml/ns/javaee", "3.1", "-javax"),
  JAVA8("javax.servlet", "http://xmlns.jcp.org/xml/ns/javaee", "3.1", "-java8");

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

  /** Returns the package names that the jars do not have. */
  String otherServletPackage() {
    return (this == JAKARTA ? JAVAX : JAKARTA).servletPackage;
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

  /** Returns the jar with the sources of these names, beside the main one. */
  String sources(String main) {
    return (this == JAVA8 ? JAVAX : this).jar(main).replace(".jar", "-sources.jar");
  }

  /** Returns the jar of the classes that these names do not change, beside the main one. */
  String jarOfCore(String main) {
    return this == JAVA8 ? jar(main) : main;
  }

  /** Returns the jar with all classes that a WAR needs, beside the main one. */
  String jarOfAll(String main) {
    return main.replace(".jar", classifier + "-all.jar");
  }
}
