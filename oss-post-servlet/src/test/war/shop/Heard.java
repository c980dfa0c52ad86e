package shop;

import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Receives uploads, and lists them at its path. */
public class Heard extends HttpServlet implements UploadListener {
  private static final Queue<String> KEYS = new ConcurrentLinkedQueue<>();

  @Override
  public void uploaded(UploadedObject object) {
    KEYS.add(object.key().value());
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().print(String.join("\n", KEYS));
  }
}
