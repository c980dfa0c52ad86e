package io.osspost.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Handles requests for upload grants, for applications that map a servlet instead of {@link
 * OssPostFilter}. It reads the same settings, and returns 404 at other paths.
 *
 * <p>Map it to the paths themselves, or to {@code /api/*} with {@code path-prefix} {@code /api}.
 * Load it on startup, so that invalid settings fail then instead of at the first request.
 */
public final class OssPostServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1;

  private transient @Nullable ServletExchange exchange;

  /** Creates a servlet that the container configures. */
  public OssPostServlet() {}

  @Override
  public void init() throws ServletException {
    exchange = DeclaredSettings.of(getServletConfig()).open();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (exchange == null || !exchange.handle(request, response)) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  @Override
  public void destroy() {
    if (exchange != null) {
      exchange.close();
      exchange = null;
    }
    RecordHandles.release();
  }
}
