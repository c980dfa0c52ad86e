package io.osspost.benchmarks.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.nio.file.Files;
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

/** The containers, as they come, but that a connection lives as long as its client likes. */
enum Container {
  TOMCAT("Tomcat 11") {
    @Override
    int start(Filter filter, Servlet bare) throws Exception {
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
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
      filtered.setBaseResourceAsPath(Files.createTempDirectory("jetty"));
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
  };

  private final String title;

  Container(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Serves both on a free port of loopback, and returns it. */
  abstract int start(Filter filter, Servlet bare) throws Exception;
}
