package io.osspost.web;

import io.osspost.wire.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves the browser module of {@code oss-post-browser}. A container could serve it from the jar,
 * but with the fixed date of a reproducible build, so browsers would keep an old copy for weeks. It
 * would also send no CORS headers, so pages of other origins could not import it. Immutable.
 */
final class BrowserModule {
  static final String PATH = "/oss-post/oss-post.js";

  private static final String RESOURCE = "META-INF/resources/oss-post/oss-post.js";

  private final byte[] content;
  private final String etag;

  private BrowserModule(byte[] content) {
    this.content = content;
    this.etag = '"' + Digests.hex(Digests.sha256(content)).substring(0, 16) + '"';
  }

  /** Finds the module with the class loader of this class, otherwise with the application's. */
  static Optional<BrowserModule> find() {
    return read(BrowserModule.class.getClassLoader())
        .or(() -> read(Thread.currentThread().getContextClassLoader()));
  }

  private static Optional<BrowserModule> read(@Nullable ClassLoader loader) {
    if (loader == null) {
      return Optional.empty();
    }
    try (InputStream resource = loader.getResourceAsStream(RESOURCE)) {
      return resource == null
          ? Optional.empty()
          : Optional.of(new BrowserModule(resource.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the response to a request for the module; {@code cors} are the headers for the page's
   * origin.
   */
  WebResponse respond(WebRequest request, Map<String, String> cors) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Problem.methodNotAllowed(request.method(), "GET, HEAD").toResponse();
    }
    Map<String, String> headers = new LinkedHashMap<>(cors);
    headers.put("Content-Type", "text/javascript;charset=utf-8");
    headers.put("ETag", etag);
    // Browsers keep the module, but check it each time. The status is 304 if it is unchanged, so no
    // browser runs an old copy.
    headers.put("Cache-Control", "no-cache");
    headers.put("Vary", "Origin");
    headers.put("X-Content-Type-Options", "nosniff");
    boolean known = request.header("If-None-Match").filter(this::isNamedIn).isPresent();
    return known
        ? WebResponse.ofPublic(304, headers, new byte[0])
        : WebResponse.ofPublic(200, headers, content);
  }

  /** Accepts the weak form of the tag, too: a proxy that compresses the response makes it weak. */
  private boolean isNamedIn(String ifNoneMatch) {
    return ifNoneMatch.contains(etag);
  }
}
