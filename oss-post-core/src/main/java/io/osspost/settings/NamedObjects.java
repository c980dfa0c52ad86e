package io.osspost.settings;

import java.lang.reflect.InvocationTargetException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the name in a setting to an object of the application or to a new instance of the class
 * of that name. The class is loaded by the application's loader, then by this class's. Not
 * thread-safe.
 */
final class NamedObjects {
  private final Function<String, Optional<Object>> held;
  private final Consumer<Object> made;
  private final Set<Object> handedOut = Collections.newSetFromMap(new IdentityHashMap<>());

  NamedObjects(Function<String, Optional<Object>> held) {
    this(held, instance -> {});
  }

  /** Calls {@code made} with each new instance, whose owner then closes it. */
  NamedObjects(Function<String, Optional<Object>> held, Consumer<Object> made) {
    this.held = held;
    this.made = made;
  }

  /** Returns the object of {@code type} with that name. A class name must contain a dot. */
  <T> T get(String name, Class<T> type) {
    return find(name, type)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no object named '"
                        + name
                        + "'. Write the full name of a class that is a "
                        + type.getSimpleName()
                        + ", or the name of such an object: an attribute of the servlet context, or"
                        + " a bean in Spring."));
  }

  /**
   * Returns the object of {@code type} with that name; empty if the name is unknown and not a class
   * name.
   */
  <T> Optional<T> find(String name, Class<T> type) {
    Optional<Object> known = held.apply(name);
    if (known.isPresent()) {
      Class<?> found = known.get().getClass();
      requireIs(type, found, "'" + name + "' is a " + found.getName() + ", which");
      handedOut.add(known.get());
      return known.map(type::cast);
    }
    if (name.indexOf('.') < 0) {
      return Optional.empty();
    }
    T instance = newInstance(name, type);
    made.accept(instance);
    return Optional.of(instance);
  }

  /** Returns whether {@code object} is the application's, found by a name. */
  boolean holds(Object object) {
    return handedOut.contains(object);
  }

  private static <T> T newInstance(String name, Class<T> type) {
    Class<?> found =
        load(name, Thread.currentThread().getContextClassLoader())
            .or(() -> load(name, NamedObjects.class.getClassLoader()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no class '" + name + "' on the class path. Add its jar."));
    requireIs(type, found, "Class '" + name + "'");
    try {
      return type.cast(found.getConstructor().newInstance());
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "Class '" + name + "' could not be instantiated: " + e.getCause() + ".", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "Class '"
              + name
              + "' cannot be instantiated. Make it public, with a public constructor without "
              + "parameters.",
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

  private static void requireIs(Class<?> type, Class<?> found, String what) {
    if (!type.isAssignableFrom(found)) {
      throw new IllegalArgumentException(what + " is not a " + type.getName() + ". Implement it.");
    }
  }
}
