package io.osspost.store.nodes;

import io.osspost.testsupport.Relay;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.tools.Server;

/**
 * H2 in the process of the test, which serves other processes. Only the connections to it are
 * disturbed: if its server is stopped, it interrupts its threads, which can close the database.
 */
final class H2Server implements SharedDatabase {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final String name = "mem:proof" + DATABASES.incrementAndGet();
  private final Connection kept;
  private final Server server;
  private final Relay relay;

  H2Server() throws SQLException, IOException {
    // The database exists until this connection is closed.
    this.kept = DriverManager.getConnection("jdbc:h2:" + name);
    this.server = Server.createTcpServer("-tcpPort", "0", "-ifExists", "-tcpDaemon").start();
    this.relay = new Relay(server.getPort());
  }

  @Override
  public String url() {
    return "jdbc:h2:tcp://127.0.0.1:" + relay.port() + "/" + name;
  }

  @Override
  public void disconnect() {
    relay.cut();
  }

  @Override
  public void stop(Duration duration) throws InterruptedException {
    relay.refuse();
    Thread.sleep(duration.toMillis());
    relay.accept();
  }

  @Override
  public void close() throws SQLException {
    relay.close();
    server.stop();
    kept.close();
  }
}
