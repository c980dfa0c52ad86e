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
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The settings that a web application declares for one filter or servlet: its init parameters, and
 * for missing ones the context parameters named {@code oss.post.*}.
 */
final class DeclaredSettings {
  private static final String PREFIX = "oss.post.";

  /** The init parameters that Spring's {@code DelegatingFilterProxy} reads itself. */
  private static final Set<String> OF_PROXY =
      Set.of("targetBeanName", "targetFilterLifecycle", "contextAttribute");

  private final Deployment deployment;
  private final Map<String, String> settings = new HashMap<>();

  private DeclaredSettings(
      Deployment deployment, Enumeration<String> names, UnaryOperator<String> own) {
    this.deployment = deployment;
    settings.putAll(ofContext(deployment.context()));
    for (String name : Collections.list(names)) {
      if (!OF_PROXY.contains(name)) {
        settings.put(withoutPrefix(name), own.apply(name));
      }
    }
  }

  static DeclaredSettings of(FilterConfig config) {
    return new DeclaredSettings(
        Deployment.of(config), config.getInitParameterNames(), config::getInitParameter);
  }

  static DeclaredSettings of(ServletConfig config) {
    return new DeclaredSettings(
        Deployment.of(config), config.getInitParameterNames(), config::getInitParameter);
  }

  /** Accepts the name of a context parameter for an init parameter, too. */
  private static String withoutPrefix(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  /** Returns the settings that all filters and servlets of a web application share. */
  static Map<String, String> ofContext(ServletContext context) {
    Map<String, String> shared = new HashMap<>();
    for (String name : Collections.list(context.getInitParameterNames())) {
      if (name.startsWith(PREFIX)) {
        shared.put(withoutPrefix(name), context.getInitParameter(name));
      }
    }
    return shared;
  }

  /** Runs with the web application's class loader, so that settings can name its classes. */
  ServletExchange open() throws UnavailableException {
    ServletContext context = deployment.context();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(context.getClassLoader());
    try {
      UploadSettings read = UploadSettings.readWithEnvironment(settings);
      UploadEndpoints endpoints =
          read.open(
              Collaborators.builder()
                  .objects(name -> Optional.ofNullable(context.getAttribute(name)))
                  .contextPath(deployment.contextPath())
                  .build());
      deployment.started(endpoints, read.bucket().name());
      return new ServletExchange(endpoints, deployment::refusedAnonymous);
    } catch (RuntimeException e) {
      throw stopped(String.valueOf(e.getMessage()), e);
    } catch (LinkageError | ServiceConfigurationError e) {
      throw stopped("A jar is missing, or of another version: " + e, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private UnavailableException stopped(String why, Throwable cause) {
    UnavailableException stopped =
        new UnavailableException(deployment + " grants no uploads. " + why);
    stopped.initCause(cause);
    return stopped;
  }
}
