package io.osspost.spring.web;

import java.util.Map;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.StringUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/**
 * Warns of methods of Spring MVC that are never called, because the endpoints answer their paths.
 * They often remain from a tutorial.
 *
 * @param paths the paths of the endpoints, inside the application
 * @param servletPath the path of Spring MVC's servlet, which precedes that of each method
 */
record ShadowedMappings(Set<String> paths, String servletPath) {
  private static final Log LOG = LogFactory.getLog(ShadowedMappings.class);

  /** Logs a warning for each method whose path is one of the endpoints'. */
  void warn(Map<RequestMappingInfo, HandlerMethod> methods) {
    String prefix = StringUtils.trimTrailingCharacter(servletPath, '/');
    methods.forEach(
        (mapping, method) ->
            mapping.getPatternValues().stream()
                .map(pattern -> prefix + pattern)
                .filter(paths::contains)
                .forEach(path -> LOG.warn(warning(path, method))));
  }

  private static String warning(String path, HandlerMethod method) {
    return method.getBeanType().getName()
        + "."
        + method.getMethod().getName()
        + "() is never called, because oss-post answers "
        + path
        + ". Remove the method, or set oss.post.path-prefix to give oss-post other paths.";
  }
}
