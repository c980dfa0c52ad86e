package io.osspost.servlet;

import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Passes a request to the endpoints and writes their response, for both the filter and the servlet.
 */
final class ServletExchange {
  private ServletExchange() {}

  /** Returns whether the request was for the endpoints. If so, the response is written. */
  static boolean handle(
      UploadEndpoints endpoints, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<WebResponse> result = endpoints.handle(new ServletWebRequest(request));
    if (result.isPresent()) {
      write(result.get(), response);
    }
    return result.isPresent();
  }

  private static void write(WebResponse from, HttpServletResponse response) throws IOException {
    response.setStatus(from.status());
    from.headers().forEach(response::setHeader);
    response.setContentLength(from.body().length);
    response.getOutputStream().write(from.body());
  }
}
