package io.osspost.benchmarks.http;

import io.osspost.benchmarks.boot.BareApplication;
import io.osspost.web.CallerAuthorizer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee11.servlet.DefaultServlet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The containers with their defaults, except that a connection lives as long as the client wants.
 */
enum Container {
  TOMCAT("Tomcat 11") {
    @Override
    int start(Filter filter, Servlet bare) throws Exception {
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(folder().toString());
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");

      Context filtered = tomcat.addContext(FilterServer.FILTER, null);
      FilterDef definition = new FilterDef();
      definition.setFilterName("oss-post");
      definition.setFilter(filter);
      filtered.addFilterDef(definition);
      FilterMap mapping = new FilterMap();
      mapping.setFilterName("oss-post");
      mapping.addURLPattern("/*");
      filtered.addFilterMap(mapping);
      Tomcat.addServlet(filtered, "default", "org.apache.catalina.servlets.DefaultServlet");
      filtered.addServletMapping("/", "default");

      Context plain = tomcat.addContext(FilterServer.BARE, null);
      Tomcat.addServlet(plain, "bare", bare);
      plain.addServletMapping(FilterServer.ROUTE, "bare");
      tomcat.start();
      return tomcat.getConnector().getLocalPort();
    }
  },

  JETTY("Jetty 12.1") {
    @Override
    int start(Filter filter, Servlet bare) throws Exception {
      ServletContextHandler filtered = new ServletContextHandler(FilterServer.FILTER);
      filtered.addFilter(new FilterHolder(filter), "/*", EnumSet.of(DispatcherType.REQUEST));
      filtered.addServlet(DefaultServlet.class, "/");
      filtered.setBaseResourceAsPath(folder());
      ServletContextHandler plain = new ServletContextHandler(FilterServer.BARE);
      plain.addServlet(new ServletHolder(bare), FilterServer.ROUTE);

      Server server = new Server();
      ServerConnector connector = new ServerConnector(server);
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      server.setHandler(new ContextHandlerCollection(filtered, plain));
      server.start();
      return connector.getLocalPort();
    }
  },

  /** The starter creates the filter here, from the same properties as {@link FilterServer}. */
  BOOT("Spring Boot 4.1") {
    @Override
    int start(Filter filter, Servlet bare) {
      SpringApplication application = new SpringApplication(BareApplication.class);
      application.addInitializers(
          (GenericApplicationContext context) -> {
            context.registerBean(CallerAuthorizer.class, FilterServer::callers);
            context.registerBean(
                ServletRegistrationBean.class,
                () -> new ServletRegistrationBean<>(bare, FilterServer.BARE + FilterServer.ROUTE));
          });
      ConfigurableApplicationContext running =
          application.run(
              "--server.port=0",
              "--server.address=127.0.0.1",
              "--server.tomcat.max-keep-alive-requests=-1",
              "--spring.main.banner-mode=off",
              "--logging.level.root=warn",
              "--oss.post.bucket=examplebucket",
              "--oss.post.region=cn-hangzhou",
              "--oss.post.path-prefix=" + FilterServer.FILTER,
              "--oss.post.profiles.default.dir=uploads/{principal}/",
              "--oss.post.profiles.default.formats=v4",
              "--oss.post.profiles.default.content-types=image/gif,image/webp",
              "--oss.post.credentials.type=static",
              "--oss.post.credentials.access-key-id=" + FilterServer.KEY_ID,
              "--oss.post.credentials.access-key-secret=secret",
              "--oss.post.credentials.security-token=" + FilterServer.TOKEN);
      return running.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }
  };

  private final String title;

  Container(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** The folder of the container's files, the same each time. */
  private static Path folder() throws IOException {
    return Files.createDirectories(
        Path.of(System.getProperty("java.io.tmpdir"), "oss-post-benchmarks"));
  }

  /** Serves both applications on a free port of loopback, and returns it. */
  abstract int start(Filter filter, Servlet bare) throws Exception;
}
