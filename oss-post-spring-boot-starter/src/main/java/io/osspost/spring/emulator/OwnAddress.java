package io.osspost.spring.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Determines the address of this application's web server before it starts, because callbacks are
 * signed for a URL. For a random port it therefore chooses a free one. There is no address without
 * a web server, with TLS, or on another address than loopback.
 */
final class OwnAddress
    implements CallbackAddress, WebServerFactoryCustomizer<ConfigurableWebServerFactory>, Ordered {
  private static final String LOOPBACK = "127.0.0.1";

  private final Environment environment;
  private final String basePath;
  private @Nullable URI callbackUrl;

  OwnAddress(Environment environment, String basePath) {
    this.environment = environment;
    this.basePath = basePath;
  }

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void customize(ConfigurableWebServerFactory factory) {
    int port = environment.getProperty("server.port", Integer.class, 8080);
    if (port < 0
        || environment.containsProperty("oss.post.callback.url")
        || !isPlainHttpOnLoopback(factory)) {
      return;
    }
    if (port == 0) {
      port = freePort();
      factory.setPort(port);
    }
    callbackUrl =
        URI.create(
            "http://"
                + LOOPBACK
                + ":"
                + port
                + environment.getProperty(basePath, "")
                + environment.getProperty("oss.post.path-prefix", "")
                + "/oss_upload_callback");
  }

  @Override
  public Optional<URI> callbackUrl() {
    return Optional.ofNullable(callbackUrl);
  }

  private static boolean isPlainHttpOnLoopback(ConfigurableWebServerFactory factory) {
    if (!(factory instanceof AbstractConfigurableWebServerFactory server)) {
      return true;
    }
    InetAddress address = server.getAddress();
    return !Ssl.isEnabled(server.getSsl())
        && (address == null
            || address.isAnyLocalAddress()
            || address.getHostAddress().equals(LOOPBACK));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("This machine has no free port for the web server", e);
    }
  }
}
