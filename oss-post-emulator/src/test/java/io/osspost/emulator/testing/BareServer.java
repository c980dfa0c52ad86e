package io.osspost.emulator.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The minimum work of a server for an upload: the JDK's own one, which writes the body to a file
 * and computes nothing. {@code ThroughputIT} compares with it.
 */
final class BareServer {
  private BareServer() {}

  /** Serves in the folder of the argument, and prints its port. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Path file = folder.resolve("body");
          byte[] buffer = new byte[64 << 10];
          try (InputStream in = exchange.getRequestBody();
              OutputStream out =
                  Files.newOutputStream(
                      file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
              out.write(buffer, 0, n);
            }
          }
          Files.delete(file);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    System.out.println(server.getAddress().getPort());
  }
}
