package io.osspost.store.nodes;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.tools.Server;

/** H2 in the process of the test, which serves other processes. */
final class H2Server implements SharedDatabase {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final String name = "mem:proof" + DATABASES.incrementAndGet();
  private final Connection kept;
  private Server server;

  H2Server() throws SQLException {
    // The database exists until this connection is closed.
    this.kept = DriverManager.getConnection("jdbc:h2:" + name);
    this.server = start("0");
  }

  @Override
  public String url() {
    return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/" + name;
  }

  @Override
  public synchronized void disconnect() throws SQLException {
    restart(Duration.ZERO);
  }

  @Override
  public synchronized void stop(Duration duration) throws SQLException {
    restart(duration);
  }

  @Override
  public synchronized void close() throws SQLException {
    server.stop();
    kept.close();
  }

  private void restart(Duration pause) throws SQLException {
    String port = String.valueOf(server.getPort());
    server.stop();
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server = start(port);
  }

  private static Server start(String port) throws SQLException {
    return Server.createTcpServer("-tcpPort", port, "-ifExists", "-tcpDaemon").start();
  }
}
