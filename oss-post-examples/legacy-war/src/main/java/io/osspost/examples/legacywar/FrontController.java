package io.osspost.examples.legacywar;

import java.io.IOException;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Chooses the page of a request, like the filter of Struts 2, and answers 404 without one. */
public final class FrontController implements Filter {
  @Override
  public void init(FilterConfig config) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    String path = asked.getServletPath();
    if (path.equals("/")) {
      show("upload", request, response);
    } else if (path.equals("/login")) {
      logIn(asked, answer);
    } else if (path.equals("/logout")) {
      asked.getSession().invalidate();
      answer.sendRedirect("login");
    } else if (path.equals("/upload.js") || path.equals("/upload.css")) {
      // The encoding filter has set the type of pages.
      response.setContentType(request.getServletContext().getMimeType(path));
      chain.doFilter(request, response);
    } else {
      answer.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private static void logIn(HttpServletRequest asked, HttpServletResponse answer)
      throws IOException, ServletException {
    String name = asked.getParameter("name");
    if (name == null) {
      show("login", asked, answer);
    } else if (name.matches("alice|bob") && name.equals(asked.getParameter("password"))) {
      asked.getSession();
      asked.changeSessionId();
      asked.getSession().setAttribute("loginUser", new LoginUser(name));
      answer.sendRedirect(asked.getContextPath() + "/");
    } else {
      asked.setAttribute("refused", "No user has this name and password.");
      show("login", asked, answer);
    }
  }

  private static void show(String page, ServletRequest request, ServletResponse response)
      throws IOException, ServletException {
    request.getRequestDispatcher("/WEB-INF/pages/" + page + ".jsp").forward(request, response);
  }

  @Override
  public void destroy() {}
}
