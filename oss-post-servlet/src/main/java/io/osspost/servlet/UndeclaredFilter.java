package io.osspost.servlet;

import io.osspost.settings.UploadSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Registration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.stream.Stream;

/**
 * The filter of an application that declares none. Frameworks and listeners may register one after
 * the initializers ran. So this filter checks again when filters start. If it finds another one, it
 * passes every request on.
 */
final class UndeclaredFilter implements Filter {
  private final OssPostFilter filter = new OssPostFilter();
  private boolean needed;

  /** Registers the filter if the application names a bucket and declares none. */
  static void registerIn(ServletContext context) {
    if (!isNeededIn(context)) {
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

  /** Returns whether no other {@link OssPostFilter} or {@link OssPostServlet} is registered. */
  static boolean isNeededIn(ServletContext context) {
    return Stream.concat(
            context.getFilterRegistrations().values().stream(),
            context.getServletRegistrations().values().stream())
        .map(Registration::getClassName)
        .noneMatch(
            name ->
                OssPostFilter.class.getName().equals(name)
                    || OssPostServlet.class.getName().equals(name));
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    needed = isNeededIn(config.getServletContext());
    if (needed) {
      filter.init(config);
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (needed) {
      filter.doFilter(request, response, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  @Override
  public void destroy() {
    filter.destroy();
  }
}
