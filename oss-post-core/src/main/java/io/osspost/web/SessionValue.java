package io.osspost.web;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The place of a value in a session: an attribute, and then properties of the object in it. Since
 * names of attributes may contain dots, the longest one that exists counts. Immutable.
 */
final class SessionValue {
  private final String path;

  SessionValue(String path) {
    if (!path.matches("[^.\\s]+(\\.[^.\\s]+)*")) {
      throw new IllegalArgumentException(
          "'" + path + "' names no attribute. Write it like 'session:loginUser.loginName'.");
    }
    this.path = path;
  }

  /**
   * Returns the value; empty if the session has no such attribute, or a property is null.
   *
   * @throws UnusableValueException if an object has no such property
   */
  Optional<Object> in(WebRequest request) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
      Optional<Object> value = request.sessionAttribute(path.substring(0, end));
      if (value.isPresent()) {
        return end == path.length()
            ? value
            : property(value.get(), path.substring(end + 1).split("\\."));
      }
    }
    return Optional.empty();
  }

  private static Optional<Object> property(Object owner, String[] names) {
    Object value = owner;
    for (String name : names) {
      Optional<Object> next = property(value, name);
      if (next.isEmpty()) {
        return next;
      }
      value = next.get();
    }
    return Optional.of(value);
  }

  private static Optional<Object> property(Object owner, String name) {
    if (owner instanceof Map<?, ?> map) {
      return Optional.ofNullable(map.get(name));
    }
    String getter = "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    String type = owner.getClass().getName();
    try {
      Method method = owner.getClass().getMethod(getter);
      // The class itself may not be public.
      method.setAccessible(true);
      return Optional.ofNullable(method.invoke(owner));
    } catch (NoSuchMethodException e) {
      throw new UnusableValueException("has class " + type + ", which has no public " + getter);
    } catch (InvocationTargetException e) {
      throw new UnusableValueException(
          "has class " + type + ", whose " + getter + " failed with " + e.getCause());
    } catch (IllegalAccessException | RuntimeException e) {
      throw new UnusableValueException("has class " + type + ", whose " + getter + " is hidden");
    }
  }

  @Override
  public String toString() {
    return path;
  }
}
