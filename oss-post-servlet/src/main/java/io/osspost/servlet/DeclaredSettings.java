package io.osspost.servlet;

import io.osspost.settings.Collaborators;
import io.osspost.settings.UploadSettings;
import io.osspost.web.UploadEndpoints;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.UnavailableException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.UnaryOperator;

/**
 * The settings that a web application declares for one filter or servlet: its init parameters, and
 * for missing ones the context parameters named {@code oss.post.*}.
 */
final class DeclaredSettings {
  private static final String PREFIX = "oss.post.";

  private final String owner;
  private final ServletContext context;
  private final Map<String, String> settings = new HashMap<>();

  private DeclaredSettings(
      String owner, ServletContext context, Enumeration<String> names, UnaryOperator<String> own) {
    this.owner = owner;
    this.context = context;
    settings.putAll(ofContext(context));
    for (String name : Collections.list(names)) {
      settings.put(name, own.apply(name));
    }
  }

  static DeclaredSettings of(FilterConfig config) {
    return new DeclaredSettings(
        "Filter '" + config.getFilterName() + "'",
        config.getServletContext(),
        config.getInitParameterNames(),
        config::getInitParameter);
  }

  static DeclaredSettings of(ServletConfig config) {
    return new DeclaredSettings(
        "Servlet '" + config.getServletName() + "'",
        config.getServletContext(),
        config.getInitParameterNames(),
        config::getInitParameter);
  }

  /** Returns the settings that all filters and servlets of a web application share. */
  static Map<String, String> ofContext(ServletContext context) {
    Map<String, String> shared = new HashMap<>();
    for (String name : Collections.list(context.getInitParameterNames())) {
      if (name.startsWith(PREFIX)) {
        shared.put(name.substring(PREFIX.length()), context.getInitParameter(name));
      }
    }
    return shared;
  }

  /** Runs with the web application's class loader, so that settings can name its classes. */
  UploadEndpoints open() throws UnavailableException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(context.getClassLoader());
    try {
      return UploadSettings.readWithEnvironment(settings)
          .open(
              Collaborators.builder()
                  .objects(name -> Optional.ofNullable(context.getAttribute(name)))
                  .build());
    } catch (RuntimeException e) {
      throw stopped(String.valueOf(e.getMessage()), e);
    } catch (LinkageError | ServiceConfigurationError e) {
      throw stopped("A jar is missing, or of another version: " + e, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private UnavailableException stopped(String why, Throwable cause) {
    UnavailableException stopped = new UnavailableException(owner + " grants no uploads. " + why);
    stopped.initCause(cause);
    return stopped;
  }
}
