package io.osspost.servlet;

import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Optional;

/**
 * Answers requests for upload grants, and passes every other request on untouched.
 *
 * <p>Map it to {@code /*} or to {@link UploadEndpoints#paths()}, behind whatever logs callers in.
 */
public final class OssPostFilter extends HttpFilter {
  @Serial private static final long serialVersionUID = 1;

  private final transient UploadEndpoints endpoints;

  public OssPostFilter(UploadEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<WebResponse> answer = endpoints.handle(new ServletWebRequest(request));
    if (answer.isPresent()) {
      write(answer.get(), response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static void write(WebResponse answer, HttpServletResponse response) throws IOException {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }
}
