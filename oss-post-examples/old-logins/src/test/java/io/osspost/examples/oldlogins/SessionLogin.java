package io.osspost.examples.oldlogins;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;

/** Logs in the user that the header {@code X-Login} names, and keeps the user in the session. */
public final class SessionLogin implements Filter {
  @Override
  public void init(FilterConfig config) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    String name = asked.getHeader("X-Login");
    if (name != null) {
      asked
          .getSession()
          .setAttribute(
              "loginUser", Map.of("loginName", name, "roleNames", List.of("viewer", "editor")));
    }
    chain.doFilter(request, response);
  }

  @Override
  public void destroy() {}
}
