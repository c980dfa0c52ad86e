package io.osspost.servlet;

import io.osspost.web.UploadEndpoints;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One filter or servlet in one web application. Logs where it grants uploads, and warns if its
 * mapping does not lead there.
 */
final class Deployment {
  private static final System.Logger LOG = System.getLogger(OssPostFilter.class.getName());

  private static final String GRANTS = "/get_post_signature_for_oss_upload";

  /** The context attribute with the path of each filter or servlet. */
  private static final String ATTRIBUTE = Deployment.class.getName();

  private final String name;
  private final ServletContext context;
  private final Set<String> patterns;

  private Deployment(String name, ServletContext context, Collection<String> patterns) {
    this.name = name + " of WAR '" + (path(context).isEmpty() ? "/" : path(context)) + "'";
    this.context = context;
    // Undertow lists a pattern once for each dispatcher.
    this.patterns = new LinkedHashSet<>(patterns);
  }

  static Deployment of(FilterConfig config) {
    FilterRegistration registered =
        config.getServletContext().getFilterRegistration(config.getFilterName());
    return new Deployment(
        "Filter '" + config.getFilterName() + "'",
        config.getServletContext(),
        registered == null ? List.of() : registered.getUrlPatternMappings());
  }

  static Deployment of(ServletConfig config) {
    ServletRegistration registered =
        config.getServletContext().getServletRegistration(config.getServletName());
    return new Deployment(
        "Servlet '" + config.getServletName() + "'",
        config.getServletContext(),
        registered == null ? List.of() : registered.getMappings());
  }

  ServletContext context() {
    return context;
  }

  /** Returns the path of the web application; empty for the one at the root. */
  String contextPath() {
    return path(context);
  }

  private static String path(ServletContext context) {
    String path = context.getContextPath();
    return path == null ? "" : path;
  }

  /** Logs where uploads are granted, and warns of a mapping or another filter that prevents it. */
  void started(UploadEndpoints endpoints, String bucket) {
    String grants =
        endpoints.paths().stream().filter(path -> path.endsWith(GRANTS)).findFirst().orElseThrow();
    LOG.log(
        Level.INFO,
        "{0} grants uploads to bucket {1} at {2}, mapped to {3} ({4}).",
        name,
        bucket,
        contextPath() + grants,
        patterns.isEmpty() ? "no pattern" : String.join(", ", patterns),
        edition());
    if (!patterns.isEmpty()
        && patterns.stream()
            .noneMatch(pattern -> endpoints.paths().stream().anyMatch(of -> leads(pattern, of)))) {
      LOG.log(Level.WARNING, "{0} receives no request. {1}", name, fix(grants));
    }
    String other = owners().putIfAbsent(grants, name);
    if (other != null && !other.equals(name)) {
      LOG.log(
          Level.WARNING,
          "{0} has the same paths as {1}, and only the first of them responds. Give one of them"
              + " another path-prefix, or remove it. If one was registered automatically, set the"
              + " context parameter oss.post.bucket to an empty value.",
          name,
          other);
    }
  }

  /** Returns the package of servlets that this jar is for. */
  private static String edition() {
    String type = ServletContext.class.getName();
    return type.substring(0, type.lastIndexOf('.'));
  }

  private String fix(String grants) {
    String mapped = "It is mapped to " + String.join(", ", patterns);
    String prefix =
        patterns.stream()
            .filter(pattern -> pattern.length() > 2 && pattern.endsWith("/*"))
            .map(pattern -> pattern.substring(0, pattern.length() - 2))
            .findFirst()
            .orElse("");
    return mapped
        + ", but its paths begin like "
        + grants
        + ". Map it to /*"
        + (prefix.isEmpty() ? "." : ", or set path-prefix to " + prefix + ".");
  }

  /** Logs that a caller without a login was refused. */
  void refusedAnonymous() {
    LOG.log(
        Level.INFO,
        "{0} refused a caller with 401, because the container reports no logged-in user"
            + " (getUserPrincipal). Map it after the filter that logs users in. If the application"
            + " keeps users in the session or a header, set caller. Further refusals are not"
            + " logged.",
        name);
  }

  /** Returns whether requests for {@code path} match a pattern of a filter or servlet. */
  private static boolean leads(String pattern, String path) {
    if (pattern.equals("/")) {
      return true;
    }
    if (pattern.endsWith("/*")) {
      return path.startsWith(pattern.substring(0, pattern.length() - 1));
    }
    return pattern.startsWith("*.") ? path.endsWith(pattern.substring(1)) : pattern.equals(path);
  }

  @SuppressWarnings("unchecked")
  private Map<String, String> owners() {
    Map<String, String> owners = (Map<String, String>) context.getAttribute(ATTRIBUTE);
    if (owners == null) {
      owners = new ConcurrentHashMap<>();
      context.setAttribute(ATTRIBUTE, owners);
    }
    return owners;
  }

  @Override
  public String toString() {
    return name;
  }
}
