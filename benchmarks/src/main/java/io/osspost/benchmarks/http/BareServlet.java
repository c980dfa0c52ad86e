package io.osspost.benchmarks.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Answers the same bytes every time: the minimum work of a container for them. */
final class BareServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1;

  /** Headers that the container adds by itself. */
  private static final Set<String> OF_THE_CONTAINER =
      Set.of("content-length", "date", "server", "connection", "keep-alive");

  private transient volatile Map<String, String> headers = Map.of();
  private transient volatile byte[] body = new byte[0];

  /** Repeats the answer of another application from now on. */
  void repeat(HttpResponse<byte[]> answer) {
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          "The filter refused, with status " + answer.statusCode() + ". Nothing can be compared.");
    }
    Map<String, String> told = new LinkedHashMap<>();
    answer.headers().map().forEach((name, values) -> told.put(name, values.get(0)));
    told.keySet().removeAll(OF_THE_CONTAINER);
    headers = told;
    body = answer.body();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    headers.forEach(response::setHeader);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
