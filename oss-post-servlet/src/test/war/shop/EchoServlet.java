package shop;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/** Answers with the body that it could still read. */
public class EchoServlet extends HttpServlet {
  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/octet-stream");
    byte[] buffer = new byte[8192];
    InputStream in = request.getInputStream();
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      response.getOutputStream().write(buffer, 0, count);
    }
  }
}
