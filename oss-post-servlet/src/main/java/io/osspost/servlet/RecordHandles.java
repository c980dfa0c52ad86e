package io.osspost.servlet;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;

/**
 * Releases the class of a record that JDK 17 keeps.
 *
 * <p>Its {@code java.lang.runtime.ObjectMethods} implements the methods {@code equals}, {@code
 * hashCode} and {@code toString} of records. Static method handles cache their last conversion, and
 * with it the class of the last record, and with that the class loader of the web application. Here
 * a class of the JDK takes its place. Newer JDKs cache it by a soft reference.
 */
final class RecordHandles {
  private static final System.Logger LOG = System.getLogger(OssPostFilter.class.getName());

  private RecordHandles() {}

  /** Called when the web application ends. */
  static void release() {
    try {
      Method bootstrap =
          Class.forName("java.lang.runtime.ObjectMethods")
              .getMethod(
                  "bootstrap",
                  MethodHandles.Lookup.class,
                  String.class,
                  Class.forName("java.lang.invoke.TypeDescriptor"),
                  Class.class,
                  String.class,
                  MethodHandle[].class);
      MethodHandle[] getters = {MethodHandles.identity(String.class)};
      for (String method : new String[] {"equals", "hashCode", "toString"}) {
        bootstrap.invoke(
            null,
            MethodHandles.publicLookup(),
            method,
            MethodHandle.class,
            String.class,
            "text",
            getters);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "Could not release the class of a record", e);
    }
  }
}
