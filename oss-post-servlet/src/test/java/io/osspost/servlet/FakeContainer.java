package io.osspost.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of a container that the start of a filter or servlet calls, and no others. */
final class FakeContainer {
  private final Map<String, String> contextParameters = new HashMap<>();
  private final Map<String, Object> attributes = new HashMap<>();
  private ClassLoader loader = FakeContainer.class.getClassLoader();

  FakeContainer contextParameter(String name, String value) {
    contextParameters.put(name, value);
    return this;
  }

  FakeContainer attribute(String name, Object value) {
    attributes.put(name, value);
    return this;
  }

  FakeContainer loader(ClassLoader webApplication) {
    loader = webApplication;
    return this;
  }

  FilterConfig filter(String name, Map<String, String> parameters) {
    return fake(FilterConfig.class, (method, argument) -> own(method, argument, name, parameters));
  }

  ServletConfig servlet(String name, Map<String, String> parameters) {
    return fake(ServletConfig.class, (method, argument) -> own(method, argument, name, parameters));
  }

  private @Nullable Object own(
      String method, String argument, String name, Map<String, String> parameters) {
    return switch (method) {
      case "getFilterName", "getServletName" -> name;
      case "getServletContext" -> context();
      default -> parameter(method, argument, parameters);
    };
  }

  private ServletContext context() {
    return fake(
        ServletContext.class,
        (method, argument) ->
            switch (method) {
              case "getContextPath" -> "/shop";
              case "getFilterRegistration", "getServletRegistration", "setAttribute" -> null;
              case "getAttribute" -> attributes.get(argument);
              case "getClassLoader" -> loader;
              default -> parameter(method, argument, contextParameters);
            });
  }

  private static @Nullable Object parameter(
      String method, String argument, Map<String, String> parameters) {
    return switch (method) {
      case "getInitParameter" -> parameters.get(argument);
      case "getInitParameterNames" -> Collections.enumeration(parameters.keySet());
      default -> throw new UnsupportedOperationException(method);
    };
  }

  private static <T> T fake(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                answers.to(method.getName(), arguments == null ? "" : (String) arguments[0])));
  }

  /** Answers a method by its name and only argument. */
  private interface Answers {
    @Nullable Object to(String method, String argument);
  }
}
