package shop;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/** Does what filters of old applications do to a request, as its header {@code X-Before} says. */
public class Meddling implements Filter {
  @Override
  public void init(FilterConfig config) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    switch (String.valueOf(((HttpServletRequest) request).getHeader("X-Before"))) {
      case "read-body":
        readBody(request);
        break;
      case "set-gbk":
        response.setContentType("text/html;charset=GBK");
        break;
      case "get-writer":
        response.getWriter();
        break;
      case "get-utf-8-writer":
        response.setCharacterEncoding("UTF-8");
        response.getWriter();
        break;
      case "compress":
        Compressed compressed = new Compressed((HttpServletResponse) response);
        chain.doFilter(request, compressed);
        compressed.finish();
        return;
      default:
        break;
    }
    chain.doFilter(request, response);
  }

  private static void readBody(ServletRequest request) throws IOException {
    InputStream body = request.getInputStream();
    while (body.read() >= 0) {
      continue;
    }
  }

  @Override
  public void destroy() {}
}
