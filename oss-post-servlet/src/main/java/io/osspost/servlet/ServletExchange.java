package io.osspost.servlet;

import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Copies a request in and its answer out, for both the filter and the servlet. */
final class ServletExchange {
  private ServletExchange() {}

  /** Returns whether the request was for the endpoints, and is answered. */
  static boolean answer(
      UploadEndpoints endpoints, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<WebResponse> answer = endpoints.handle(new ServletWebRequest(request));
    if (answer.isPresent()) {
      write(answer.get(), response);
    }
    return answer.isPresent();
  }

  private static void write(WebResponse answer, HttpServletResponse response) throws IOException {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }
}
