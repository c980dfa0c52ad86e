package io.osspost.store.nodes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import io.osspost.settings.Collaborators;
import io.osspost.settings.UploadSettings;
import io.osspost.store.JoinedTransaction;
import io.osspost.store.PlainTransaction;
import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * One node of an application, in a process of its own: the endpoints that the settings describe,
 * and a listener that inserts one row for each event. It prints its port when it is ready.
 */
final class NodeProgram {
  /** The file of the settings, in the folder of the test. */
  static final String SETTINGS = "settings.properties";

  /** The mapped file of the clock. */
  static final String CLOCK = "clock";

  /** The folder of the stop points. */
  static final String STOPS = "stops";

  /** A line of output with the port. */
  static final String READY = "port ";

  private NodeProgram() {}

  /**
   * Runs until the process is killed.
   *
   * @param arguments the folder of the test, the URL of the database, and whether the listener
   *     joins the transaction
   */
  public static void main(String[] arguments) throws Exception {
    endWithTheTest();
    Path folder = Path.of(arguments[0]);
    boolean joined = Boolean.parseBoolean(arguments[2]);
    StopPoints stops = new StopPoints(folder.resolve(STOPS));
    DataSource source = pool(arguments[1]);
    Collaborators.Builder application =
        Collaborators.builder()
            .objects(name -> Optional.of(source))
            .clock(new SharedClock(folder.resolve(CLOCK)));
    if (joined) {
      StoppingTransaction transaction =
          new StoppingTransaction(new PlainTransaction(source), stops);
      application
          .lookup(JoinedTransaction.class, () -> Optional.of(transaction))
          .uploadListener(transaction);
    } else {
      application.uploadListener(object -> insertAlone(source, stops, object));
    }
    UploadEndpoints endpoints =
        UploadSettings.read(settings(folder.resolve(SETTINGS))).open(application.build());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    serve(server, endpoints);
    System.out.println(READY + server.getAddress().getPort());
  }

  /** Ends this process if the test ends without having killed it. */
  private static void endWithTheTest() {
    Thread thread =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // The test has ended.
              }
              Runtime.getRuntime().halt(1);
            },
            "end of the test");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns the connections of one node. */
  static HikariDataSource pool(String url) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    pool.setMaximumPoolSize(12);
    pool.setConnectionTimeout(3_000);
    return pool;
  }

  private static Map<String, String> settings(Path file) throws IOException {
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      settings.load(reader);
    }
    return settings.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, settings::getProperty));
  }

  private static void insertAlone(DataSource source, StopPoints stops, UploadedObject object) {
    stops.reach(StopPoint.LISTENER, object.key().value());
    try (Connection connection = source.getConnection()) {
      Effects.insert(connection, object);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    stops.reach(StopPoint.INSERTED, object.key().value());
  }

  /** Serves the endpoints. */
  static void serve(HttpServer server, UploadEndpoints endpoints) {
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", exchange -> answer(exchange, endpoints));
    server.start();
  }

  private static void answer(HttpExchange exchange, UploadEndpoints endpoints) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Optional<WebResponse> response = endpoints.handle(new ExchangeRequest(exchange, body));
      if (response.isEmpty()) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] content = response.get().body();
      response.get().headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(
          response.get().status(), content.length == 0 ? -1 : content.length);
      if (content.length > 0) {
        exchange.getResponseBody().write(content);
      }
    }
  }

  /** A transaction, and the listener in it, that stop at the points of the test. */
  private static final class StoppingTransaction implements JoinedTransaction, UploadListener {
    private final PlainTransaction transaction;
    private final StopPoints stops;

    @SuppressWarnings("ThreadLocalUsage") // There is one instance for each process.
    private final ThreadLocal<String> key = new ThreadLocal<>();

    StoppingTransaction(PlainTransaction transaction, StopPoints stops) {
      this.transaction = transaction;
      this.stops = stops;
    }

    @Override
    public void run(Runnable work) {
      transaction.run(
          () -> {
            work.run();
            stops.reach(StopPoint.COMMITTING, key.get());
          });
      stops.reach(StopPoint.COMMITTED, key.get());
    }

    @Override
    public void uploaded(UploadedObject object) {
      key.set(object.key().value());
      stops.reach(StopPoint.LISTENER, key.get());
      try {
        Effects.insert(transaction.connection(), object);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      stops.reach(StopPoint.INSERTED, key.get());
    }

    @Override
    public Connection connection() {
      return transaction.connection();
    }

    @Override
    public void release(Connection connection) {
      transaction.release(connection);
    }
  }
}
