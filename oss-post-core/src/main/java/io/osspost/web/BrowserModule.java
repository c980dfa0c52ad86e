package io.osspost.web;

import io.osspost.wire.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Serves the browser module of {@code oss-post-browser}: the script that pages import, and the
 * scripts that it imports itself. A container could serve them from the jar, but with the fixed
 * date of a reproducible build, so browsers would keep an old copy for weeks. It would also send no
 * CORS headers, so pages of other origins could not import them. Immutable.
 */
final class BrowserModule {
  static final String FOLDER = "/oss-post/";
  private static final String RESOURCES = "META-INF/resources";

  /** The scripts; pages import the first. */
  private static final String[] SCRIPTS = {
    "oss-post.js",
    "content-policy.js",
    "crc64.js",
    "grants.js",
    "parts.js",
    "retry.js",
    "saved-upload.js",
    "transfer.js",
    "upload-error.js"
  };

  private final Map<String, Script> scripts;

  private BrowserModule(Map<String, Script> scripts) {
    this.scripts = Collections.unmodifiableMap(scripts);
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
    Map<String, Script> scripts = new LinkedHashMap<>();
    for (String name : SCRIPTS) {
      String path = FOLDER + name;
      try (InputStream resource = loader.getResourceAsStream(RESOURCES + path)) {
        if (resource == null) {
          return Optional.empty();
        }
        scripts.put(path, new Script(resource.readAllBytes()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Optional.of(new BrowserModule(scripts));
  }

  /** Returns the paths of the scripts. */
  Set<String> paths() {
    return scripts.keySet();
  }

  /**
   * Returns the response to a request for a script; empty if {@code path} is another one. {@code
   * cors} are the headers for the page's origin.
   */
  Optional<WebResponse> respond(String path, WebRequest request, Map<String, String> cors) {
    Script script = scripts.get(path);
    return script == null ? Optional.empty() : Optional.of(script.respond(request, cors));
  }

  /** One script and the tag of its content. */
  private static final class Script {
    private final byte[] content;
    private final String etag;

    Script(byte[] content) {
      this.content = content;
      this.etag = '"' + Digests.hex(Digests.sha256(content)).substring(0, 16) + '"';
    }

    WebResponse respond(WebRequest request, Map<String, String> cors) {
      if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
        return Problem.methodNotAllowed(request.method(), "GET, HEAD").toResponse();
      }
      Map<String, String> headers = new LinkedHashMap<>(cors);
      headers.put("Content-Type", "text/javascript;charset=utf-8");
      headers.put("ETag", etag);
      // Browsers keep the script, but check it each time. The status is 304 if it is unchanged, so
      // no browser runs an old copy, or scripts of two versions.
      headers.put("Cache-Control", "no-cache");
      headers.put("Vary", "Origin");
      headers.put("X-Content-Type-Options", "nosniff");
      boolean known = request.header("If-None-Match").filter(this::isNamedIn).isPresent();
      return known
          ? WebResponse.ofPublic(304, headers, new byte[0])
          : WebResponse.ofPublic(200, headers, content);
    }

    /**
     * Accepts the weak form of the tag, too: a proxy that compresses the response makes it weak.
     */
    private boolean isNamedIn(String ifNoneMatch) {
      return ifNoneMatch.contains(etag);
    }
  }
}
