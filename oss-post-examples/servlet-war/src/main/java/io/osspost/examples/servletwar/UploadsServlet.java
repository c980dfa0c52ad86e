package io.osspost.examples.servletwar;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.osspost.callback.UploadedObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/** Returns the logged-in user and the user's uploads that OSS has confirmed. */
@WebServlet("/uploads")
public final class UploadsServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1;
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String user = request.getRemoteUser();
    if (user == null) {
      response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    try (JsonGenerator json = JSON.createGenerator(response.getOutputStream())) {
      json.writeStartObject();
      json.writeStringField("user", user);
      json.writeArrayFieldStart("uploads");
      for (UploadedObject upload : storedUploads().of(user)) {
        json.writeStartObject();
        json.writeStringField("key", upload.key().value());
        json.writeNumberField("size", upload.size());
        json.writeStringField("type", upload.mimeType().orElse(""));
        json.writeStringField("etag", upload.etag());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private StoredUploads storedUploads() {
    return (StoredUploads) getServletContext().getAttribute(StoredUploads.ATTRIBUTE);
  }
}
