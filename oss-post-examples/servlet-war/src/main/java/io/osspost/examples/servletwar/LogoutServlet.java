package io.osspost.examples.servletwar;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/** Ends the session, and redirects to the page, which requires a login. */
@WebServlet("/logout")
public final class LogoutServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    request.logout();
    request.getSession().invalidate();
    response.sendRedirect(request.getContextPath() + "/");
  }
}
