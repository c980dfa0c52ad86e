package io.osspost.java8;

import io.osspost.edition.Supplies;

/** {@link System#getLogger}, on {@code java.util.logging}. */
@Supplies("java.lang.System")
public final class SystemMethods {
  private SystemMethods() {}

  public static Logger getLogger(String name) {
    return new LoggingLogger(name);
  }
}
