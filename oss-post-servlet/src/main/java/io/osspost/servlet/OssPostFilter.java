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
  /** The application closes them. */
  private final @Nullable UploadEndpoints brought;

  private @Nullable UploadEndpoints endpoints;

  /** Creates a filter that the container configures. */
  public OssPostFilter() {
    this.brought = null;
  }

  /**
   * Creates a filter with endpoints of the application. It reads no settings.
   *
   * @param endpoints not closed with the filter
   */
  public OssPostFilter(UploadEndpoints endpoints) {
    this.brought = endpoints;
    this.endpoints = endpoints;
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    if (brought == null) {
      endpoints = DeclaredSettings.of(config).open();
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean handled =
        endpoints != null
            && request instanceof HttpServletRequest httpRequest
            && response instanceof HttpServletResponse httpResponse
            && ServletExchange.handle(endpoints, httpRequest, httpResponse);
    if (!handled) {
      chain.doFilter(request, response);
    }
  }

  @Override
  public void destroy() {
    if (brought == null && endpoints != null) {
      endpoints.close();
      endpoints = null;
    }
    RecordHandles.release();
  }
}
