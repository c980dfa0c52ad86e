package io.osspost.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The services of other jars. */
final class Services {
  private Services() {}

  /** Returns the application's services, then those of this class's loader. */
  static <T> List<T> of(Class<T> type) {
    List<T> own = new ArrayList<>();
    ServiceLoader.load(type).forEach(own::add);
    if (own.isEmpty()) {
      ServiceLoader.load(type, Services.class.getClassLoader()).forEach(own::add);
    }
    return own;
  }
}
