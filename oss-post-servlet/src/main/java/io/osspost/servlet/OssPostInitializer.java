package io.osspost.servlet;

import io.osspost.settings.UploadSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers the filter in a web application that names a bucket, as a context parameter, system
 * property or environment variable, and declares neither {@link OssPostFilter} nor {@link
 * OssPostServlet}. The container finds this class by itself; no code calls it.
 */
public final class OssPostInitializer implements ServletContainerInitializer {
  /** Creates an initializer for the container. */
  public OssPostInitializer() {}

  /** The filter comes last. The application's own filters, such as its login, come before it. */
  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
    if (!UndeclaredFilter.isNeededIn(context)) {
      return;
    }
    if (UploadSettings.namesBucket(DeclaredSettings.ofContext(context))) {
      FilterRegistration.Dynamic filter =
          context.addFilter(OssPostInitializer.class.getName(), new UndeclaredFilter());
      filter.setAsyncSupported(true);
      filter.addMappingForUrlPatterns(
          EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), true, "/*");
    } else {
      MissingBucket.warn(context);
    }
  }
}
