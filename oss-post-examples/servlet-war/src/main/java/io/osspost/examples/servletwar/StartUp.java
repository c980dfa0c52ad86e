package io.osspost.examples.servletwar;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Stores the objects that the filter and the servlets share in the servlet context, before either
 * starts.
 */
@WebListener
public final class StartUp implements ServletContextListener {
  @Override
  public void contextInitialized(ServletContextEvent start) {
    start.getServletContext().setAttribute(StoredUploads.ATTRIBUTE, new StoredUploads());
  }
}
