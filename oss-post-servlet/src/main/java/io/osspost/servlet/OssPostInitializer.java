package io.osspost.servlet;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers the filter in a web application that names a bucket, as a context parameter, system
 * property or environment variable, and declares neither {@link OssPostFilter} nor {@link
 * OssPostServlet}. The container finds this class by itself; no code calls it.
 *
 * <p>This class is compiled for Java 8 in every jar. So an older Java can load it, and gets an
 * explanation instead of an error of its class loader. It runs before the container loads a filter
 * or servlet of {@code web.xml}.
 */
public final class OssPostInitializer implements ServletContainerInitializer {
  /** Creates an initializer for the container. */
  public OssPostInitializer() {}

  /**
   * The filter comes last. The application's own filters, such as its login, come before it.
   *
   * @throws ServletException if the jars are for a newer Java than this one
   */
  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
      throws ServletException {
    try {
      UndeclaredFilter.registerIn(context);
    } catch (UnsupportedClassVersionError e) {
      throw new ServletException(
          "oss-post needs Java 17, and this is Java "
              + System.getProperty("java.version")
              + ". Use the jars with the classifier java8. "
              + e.getMessage());
    }
  }
}
