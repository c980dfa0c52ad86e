package io.osspost.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Passes a request to the endpoints and writes their response, for both the filter and the servlet.
 */
final class ServletExchange implements AutoCloseable {
  private static final String CHARSET = "charset=";

  private final UploadEndpoints endpoints;
  private final Runnable onFirstAnonymous;
  private final AtomicBoolean refusedAnonymous = new AtomicBoolean();

  /**
   * Creates an exchange.
   *
   * @param onFirstAnonymous called when a caller is refused for the first time, because no one is
   *     logged in
   */
  ServletExchange(UploadEndpoints endpoints, Runnable onFirstAnonymous) {
    this.endpoints = endpoints;
    this.onFirstAnonymous = onFirstAnonymous;
  }

  UploadEndpoints endpoints() {
    return endpoints;
  }

  /** Returns whether the request was for the endpoints. If so, the response is written. */
  boolean handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Optional<WebResponse> result = endpoints.handle(new ServletWebRequest(request));
    if (result.isEmpty()) {
      return false;
    }
    if (result.get().status() == HttpServletResponse.SC_UNAUTHORIZED
        && refusedAnonymous.compareAndSet(false, true)) {
      onFirstAnonymous.run();
    }
    write(result.get(), response);
    return true;
  }

  @Override
  public void close() {
    endpoints.close();
  }

  /**
   * Writes no {@code Content-Length}: an earlier filter may compress the body. The container adds
   * the length itself.
   */
  private static void write(WebResponse from, HttpServletResponse response) throws IOException {
    response.setStatus(from.status());
    from.headers().forEach((name, value) -> setHeader(name, value, response));
    if (from.body().length > 0) {
      OutputStream out = output(response);
      if (out == null) {
        writeText(from.body(), response);
      } else {
        out.write(from.body());
      }
    }
  }

  private static void setHeader(String name, String value, HttpServletResponse response) {
    if (!name.equals("Content-Type")) {
      response.setHeader(name, value);
      return;
    }
    response.setContentType(value);
    String type = response.getContentType();
    if (!value.contains(CHARSET) && type != null && type.contains(CHARSET)) {
      // The container appends the charset of an earlier filter. All bodies are UTF-8.
      response.setCharacterEncoding("UTF-8");
    }
  }

  /** Returns the output; null if an earlier filter has called {@code getWriter}. */
  private static @Nullable OutputStream output(HttpServletResponse response) throws IOException {
    try {
      return response.getOutputStream();
    } catch (IllegalStateException e) {
      return null;
    }
  }

  /** Writes the body with the writer of an earlier filter, if its bytes stay the same. */
  private static void writeText(byte[] body, HttpServletResponse response) throws IOException {
    String charset = response.getCharacterEncoding();
    String text = new String(body, UTF_8);
    if (!Arrays.equals(text.getBytes(Charset.forName(charset)), body)) {
      throw new IllegalStateException(
          "An earlier filter has called getWriter(), whose charset "
              + charset
              + " would change this UTF-8 response. Let that filter call"
              + " setCharacterEncoding(\"UTF-8\") first, or not call getWriter().");
    }
    response.getWriter().write(text);
  }
}
