package io.osspost.examples.legacywar;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;

/** Leads users to the login page. Scripts and clients other than pages get 401 instead. */
public final class LoginFilter implements Filter {
  /** OSS has no login. Its requests are verified by their signature. */
  private static final Set<String> PUBLIC =
      new HashSet<>(Arrays.asList("/login", "/upload.css", "/oss_upload_callback"));

  @Override
  public void init(FilterConfig config) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    HttpSession session = asked.getSession(false);
    if (PUBLIC.contains(asked.getServletPath())
        || (session != null && session.getAttribute("loginUser") != null)) {
      chain.doFilter(request, response);
    } else if (asked.getHeader("X-Requested-With") != null) {
      answer.sendError(HttpServletResponse.SC_UNAUTHORIZED);
    } else {
      answer.sendRedirect(asked.getContextPath() + "/login");
    }
  }

  @Override
  public void destroy() {}
}
