package io.osspost.examples.oldlogins;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** An application of src/test/webapps in a Tomcat 9 of this process. */
final class OldWar implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Tomcat tomcat = new Tomcat();
  private final Context context;

  OldWar(String name, Path work) throws LifecycleException {
    tomcat.setBaseDir(work.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    context =
        tomcat.addWebapp("/" + name, Path.of("src/test/webapps", name).toAbsolutePath().toString());
    tomcat.start();
  }

  boolean isStarted() {
    return context.getState().isAvailable();
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + context.getPath() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  static String[] basic(String name) {
    String pair = Base64.getEncoder().encodeToString((name + ":" + name).getBytes(UTF_8));
    return new String[] {"Authorization", "Basic " + pair};
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
