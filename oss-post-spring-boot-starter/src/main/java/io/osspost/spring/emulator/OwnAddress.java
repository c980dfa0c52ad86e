package io.osspost.spring.emulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
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
  private static final int FIRST_PORT = 20_000;
  private static final int LOWER_PORTS = 12_000;
  private static final Set<Integer> USED = ConcurrentHashMap.newKeySet();

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

  /**
   * Returns a port that is free, and below the ports of outgoing connections. The server opens it
   * later, so it must differ from that of every other context of this process.
   */
  private static int freePort() {
    for (int attempt = 0; attempt < LOWER_PORTS; attempt++) {
      int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(LOWER_PORTS);
      if (USED.add(port) && isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "This machine has no free port for the web server. Set server.port.");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress((InetAddress) null, port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
