package io.osspost.servlet;

import io.osspost.web.UploadEndpoints;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Handles requests for upload grants, and passes every other request on unchanged.
 *
 * <p>A filter that the container creates reads its settings at startup: its own init parameters
 * ({@code bucket}), then the web application's context parameters ({@code oss.post.bucket}), then
 * system properties of the same names, then environment variables ({@code OSS_POST_BUCKET}).
 *
 * <p>Map it to {@code /*} or to {@link UploadEndpoints#paths()}, after the filter that logs callers
 * in.
 */
public final class OssPostFilter implements Filter {
  private static final String NOT_INITIALIZED =
      "OssPostFilter was not initialized, so it has no settings. Behind Spring's"
          + " DelegatingFilterProxy, set the proxy's init parameter targetFilterLifecycle to true,"
          + " or declare the bean as new OssPostFilter(endpoints).";

  /** Whether the application closes the endpoints. */
  private final boolean brought;

  private @Nullable ServletExchange exchange;

  /** Creates a filter that the container configures. */
  public OssPostFilter() {
    this.brought = false;
  }

  /**
   * Creates a filter with endpoints of the application. It reads no settings.
   *
   * @param endpoints not closed with the filter
   */
  public OssPostFilter(UploadEndpoints endpoints) {
    this.brought = true;
    this.exchange = new ServletExchange(endpoints, () -> {});
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    if (!brought) {
      exchange = DeclaredSettings.of(config).open();
    }
  }

  /**
   * Handles or passes on a request.
   *
   * @throws ServletException if the container did not initialize this filter
   */
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (exchange == null) {
      throw new ServletException(NOT_INITIALIZED);
    }
    boolean handled =
        request instanceof HttpServletRequest httpRequest
            && response instanceof HttpServletResponse httpResponse
            && exchange.handle(httpRequest, httpResponse);
    if (!handled) {
      chain.doFilter(request, response);
    }
  }

  @Override
  public void destroy() {
    if (!brought && exchange != null) {
      exchange.close();
      exchange = null;
    }
    RecordHandles.release();
  }
}
