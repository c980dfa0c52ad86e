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
 * Answers requests for upload grants, and passes every other request on untouched.
 *
 * <p>Declared without an argument it reads its settings when it starts: its own init parameters
 * ({@code bucket}), then the web application's context parameters ({@code oss.post.bucket}), then
 * system properties of the same names, then environment variables ({@code OSS_POST_BUCKET}).
 *
 * <p>Map it to {@code /*} or to {@link UploadEndpoints#paths()}, behind whatever logs callers in.
 */
public final class OssPostFilter implements Filter {
  /** Closed by whoever brought them. */
  private final @Nullable UploadEndpoints brought;

  private @Nullable UploadEndpoints endpoints;

  /** A filter that the container configures. */
  public OssPostFilter() {
    this.brought = null;
  }

  /**
   * A filter that answers with endpoints of the application's own, and reads no settings.
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
    boolean answered =
        endpoints != null
            && request instanceof HttpServletRequest asked
            && response instanceof HttpServletResponse answer
            && ServletExchange.answer(endpoints, asked, answer);
    if (!answered) {
      chain.doFilter(request, response);
    }
  }

  @Override
  public void destroy() {
    if (brought == null && endpoints != null) {
      endpoints.close();
      endpoints = null;
    }
  }
}
