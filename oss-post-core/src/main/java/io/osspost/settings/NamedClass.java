package io.osspost.settings;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes what a setting names by its class: an operator's own way to name objects, for one. The
 * class is looked for where the application's own are, then beside this one.
 */
final class NamedClass {
  private NamedClass() {}

  /** An instance of the class named {@code name}, which is a {@code type}. */
  static <T> T newInstance(String name, Class<T> type) {
    Class<?> found =
        load(name, Thread.currentThread().getContextClassLoader())
            .or(() -> load(name, NamedClass.class.getClassLoader()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no class '" + name + "' on the class path. Add its jar."));
    if (!type.isAssignableFrom(found)) {
      throw new IllegalArgumentException(
          "Class '" + name + "' is no " + type.getName() + ". Have it implement that.");
    }
    try {
      return type.cast(found.getConstructor().newInstance());
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "Class '" + name + "' could not be made: " + e.getCause() + ".", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "Class '"
              + name
              + "' cannot be made. Make it public, with a public constructor without"
              + " parameters.",
          e);
    }
  }

  private static Optional<Class<?>> load(String name, @Nullable ClassLoader loader) {
    try {
      return Optional.of(Class.forName(name, true, loader));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    } catch (LinkageError e) {
      throw new IllegalArgumentException("Class '" + name + "' cannot be loaded: " + e + ".", e);
    }
  }
}
