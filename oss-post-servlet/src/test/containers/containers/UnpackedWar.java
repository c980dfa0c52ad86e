package containers;

import io.undertow.server.handlers.resource.ClassPathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.LoginConfig;
import io.undertow.servlet.api.SecurityConstraint;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.api.WebResourceCollection;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A WAR as an application server reads it: its libraries, its web.xml, its initializers. */
final class UnpackedWar {
  private final Path folder;
  private final URLClassLoader loader;

  private UnpackedWar(Path folder, URLClassLoader loader) {
    this.folder = folder;
    this.loader = loader;
  }

  static UnpackedWar of(Path war) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(System.getProperty("java.io.tmpdir")), "war");
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(war))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
    List<URL> urls = new ArrayList<>();
    urls.add(folder.resolve("WEB-INF/classes/").toUri().toURL());
    try (Stream<Path> libraries = Files.list(folder.resolve("WEB-INF/lib"))) {
      for (Path library : libraries.sorted().toList()) {
        urls.add(library.toUri().toURL());
      }
    }
    return new UnpackedWar(folder, new URLClassLoader(urls.toArray(URL[]::new)));
  }

  URLClassLoader loader() {
    return loader;
  }

  DeploymentInfo deployment(String path) throws Exception {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(loader)
            .setContextPath(path)
            .setDeploymentName(path)
            .setEagerFilterInit(true)
            .setResourceManager(new ClassPathResourceManager(loader, "META-INF/resources"));
    addInitializers(deployment);
    Path xml = folder.resolve("WEB-INF/web.xml");
    if (Files.exists(xml)) {
      try (InputStream in = Files.newInputStream(xml)) {
        add(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in), deployment);
      }
    }
    return deployment;
  }

  private void addInitializers(DeploymentInfo deployment) {
    for (ServletContainerInitializer found :
        ServiceLoader.load(ServletContainerInitializer.class, loader)) {
      deployment.addServletContainerInitializer(
          new ServletContainerInitializerInfo(found.getClass(), Set.of()));
    }
  }

  private void add(Document xml, DeploymentInfo deployment) throws Exception {
    for (Element parameter : all(xml, "context-param")) {
      deployment.addInitParameter(text(parameter, "param-name"), text(parameter, "param-value"));
    }
    for (Element listener : all(xml, "listener")) {
      deployment.addListener(
          Servlets.listener(
              loader.loadClass(text(listener, "listener-class")).asSubclass(EventListener.class)));
    }
    for (Element filter : all(xml, "filter")) {
      FilterInfo info =
          new FilterInfo(
                  text(filter, "filter-name"),
                  loader.loadClass(text(filter, "filter-class")).asSubclass(Filter.class))
              .setAsyncSupported(true);
      for (Element parameter : all(filter, "init-param")) {
        info.addInitParam(text(parameter, "param-name"), text(parameter, "param-value"));
      }
      deployment.addFilter(info);
    }
    for (Element mapping : all(xml, "filter-mapping")) {
      List<Element> dispatchers = all(mapping, "dispatcher");
      for (Element dispatcher : dispatchers) {
        deployment.addFilterUrlMapping(
            text(mapping, "filter-name"),
            text(mapping, "url-pattern"),
            DispatcherType.valueOf(dispatcher.getTextContent()));
      }
      if (dispatchers.isEmpty()) {
        deployment.addFilterUrlMapping(
            text(mapping, "filter-name"), text(mapping, "url-pattern"), DispatcherType.REQUEST);
      }
    }
    addServlets(xml, deployment);
    addLogin(xml, deployment);
  }

  private void addServlets(Document xml, DeploymentInfo deployment) throws Exception {
    for (Element servlet : all(xml, "servlet")) {
      String name = text(servlet, "servlet-name");
      ServletInfo info =
          new ServletInfo(
                  name, loader.loadClass(text(servlet, "servlet-class")).asSubclass(Servlet.class))
              .setAsyncSupported(true);
      for (Element parameter : all(servlet, "init-param")) {
        info.addInitParam(text(parameter, "param-name"), text(parameter, "param-value"));
      }
      for (Element mapping : all(xml, "servlet-mapping")) {
        if (text(mapping, "servlet-name").equals(name)) {
          info.addMapping(text(mapping, "url-pattern"));
        }
      }
      if (!all(servlet, "load-on-startup").isEmpty()) {
        info.setLoadOnStartup(1);
      }
      deployment.addServlet(info);
    }
  }

  private static void addLogin(Document xml, DeploymentInfo deployment) {
    for (Element constraint : all(xml, "security-constraint")) {
      deployment.addSecurityConstraint(
          new SecurityConstraint()
              .addWebResourceCollection(
                  new WebResourceCollection().addUrlPattern(text(constraint, "url-pattern")))
              .addRoleAllowed(text(constraint, "role-name")));
      deployment.setLoginConfig(new LoginConfig("BASIC", "shop"));
    }
    for (Element role : all(xml, "security-role")) {
      deployment.addSecurityRole(text(role, "role-name"));
    }
  }

  private static String text(Element parent, String name) {
    return all(parent, name).get(0).getTextContent().strip();
  }

  private static List<Element> all(Document xml, String name) {
    return all(xml.getDocumentElement(), name);
  }

  private static List<Element> all(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
