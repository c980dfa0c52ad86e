package io.osspost.spring.web;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.web.method.HandlerMethod;

/**
 * Warns of handler methods that are never called, because the endpoints answer their paths. They
 * often remain from a tutorial.
 */
final class ShadowedMappings {
  private static final Log LOG = LogFactory.getLog(ShadowedMappings.class);

  private ShadowedMappings() {}

  /**
   * Logs a warning for each method whose path is one of {@code paths}.
   *
   * @param patterns returns the paths of a mapping
   */
  static <T> void warn(
      Set<String> paths, Map<T, HandlerMethod> methods, Function<T, Set<String>> patterns) {
    methods.forEach(
        (mapping, method) ->
            patterns.apply(mapping).stream()
                .filter(paths::contains)
                .forEach(
                    path ->
                        LOG.warn(
                            method.getBeanType().getName()
                                + "."
                                + method.getMethod().getName()
                                + "() is never called, because oss-post answers "
                                + path
                                + ". Remove the method, or set oss.post.path-prefix to give"
                                + " oss-post other paths.")));
  }
}
