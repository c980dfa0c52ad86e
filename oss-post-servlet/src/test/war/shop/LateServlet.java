package shop;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers from another thread, or forwards the request to {@code to} from there. */
public class LateServlet extends HttpServlet {
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext later = request.startAsync();
    String to = request.getParameter("to");
    later.start(
        () -> {
          if (to == null) {
            write(later);
            later.complete();
          } else {
            later.dispatch(to);
          }
        });
  }

  private static void write(AsyncContext later) {
    try {
      later.getResponse().getWriter().print("late");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
