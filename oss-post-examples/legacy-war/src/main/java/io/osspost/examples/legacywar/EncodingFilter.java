package io.osspost.examples.legacywar;

import java.io.IOException;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;

/** Sets the encoding, and reads a parameter of every request, as such filters do. */
public final class EncodingFilter implements Filter {
  @Override
  public void init(FilterConfig config) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    request.setCharacterEncoding("UTF-8");
    response.setContentType("text/html;charset=GBK");
    String language = request.getParameter("lang");
    request.setAttribute("lang", language == null ? "en" : language);
    chain.doFilter(request, response);
  }

  @Override
  public void destroy() {}
}
