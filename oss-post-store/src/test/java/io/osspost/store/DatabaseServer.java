package io.osspost.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.testsupport.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A database server of Debian that the tests start on loopback, with data in a temporary folder.
 */
public final class DatabaseServer implements AutoCloseable {
  private final Path folder;
  private final int port;
  private final Process process;

  private DatabaseServer(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Starts PostgreSQL with the superuser {@code postgres}, or skips the test. */
  public static DatabaseServer postgresql() {
    Path programs =
        newest(Path.of("/usr/lib/postgresql"))
            .map(version -> version.resolve("bin"))
            .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
            .orElseThrow(
                () -> Requirement.POSTGRESQL.missing("Install postgresql to run this test."));
    Path folder = folder("postgres");
    Path data = folder.resolve("data");
    run(
        as(
            "postgres",
            programs.resolve("initdb").toString(),
            "-D",
            data.toString(),
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync"));
    int port = freePort();
    return started(
        folder,
        port,
        as(
            "postgres",
            programs.resolve("postgres").toString(),
            "-D",
            data.toString(),
            "-p",
            String.valueOf(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "fsync=off",
            "-c",
            "max_connections=200"),
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
  }

  /** Starts MariaDB with the user {@code root} without a password, or skips the test. */
  public static DatabaseServer mariadb() {
    if (!Files.isExecutable(Path.of("/usr/sbin/mariadbd"))) {
      throw Requirement.MARIADB.missing("Install mariadb-server to run this test.");
    }
    Path folder = folder("mysql");
    String data = "--datadir=" + folder.resolve("data");
    run(
        as(
            "mysql",
            "/usr/bin/mariadb-install-db",
            "--no-defaults",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            data));
    int port = freePort();
    return started(
        folder,
        port,
        as(
            "mysql",
            "/usr/sbin/mariadbd",
            "--no-defaults",
            data,
            "--port=" + port,
            "--bind-address=127.0.0.1",
            "--socket=" + folder.resolve("socket"),
            "--pid-file=" + folder.resolve("pid"),
            "--innodb-flush-log-at-trx-commit=0",
            "--max-connections=200"),
        "jdbc:mariadb://127.0.0.1:" + port + "/mysql?user=root");
  }

  public int port() {
    return port;
  }

  /** Runs statements as the administrator. */
  public static void execute(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /**
   * Sends a signal to all processes of the server, such as {@code STOP}. The parent receives it
   * first, so that it starts no process that misses the signal.
   */
  public void signal(String name) {
    for (ProcessHandle target :
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList()) {
      try {
        run(List.of("kill", "-" + name, String.valueOf(target.pid())));
      } catch (IllegalStateException e) {
        // A process that serves a connection may have ended in between.
        if (target.isAlive()) {
          throw e;
        }
      }
    }
  }

  /** Stops the server at once, and deletes its data. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DatabaseServer started(Path folder, int port, List<String> command, String url) {
    try {
      Process process = builder(folder, command).start();
      DatabaseServer server = new DatabaseServer(folder, port, process);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      for (int i = 0; i < 300; i++) {
        try {
          execute(url, "SELECT 1");
          return server;
        } catch (SQLException e) {
          if (!process.isAlive()) {
            break;
          }
          Thread.sleep(100);
        }
      }
      throw new IllegalStateException(
          "The server did not start: " + Files.readString(folder.resolve("log")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(List<String> command) {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " failed: " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProcessBuilder builder(Path folder, List<String> command) {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile());
  }

  /** Both servers refuse to run as root. */
  private static List<String> as(String user, String... command) {
    List<String> all = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      all.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private static Path folder(String user) {
    try {
      Path folder = Files.createTempDirectory("oss-post-store");
      if (System.getProperty("user.name").equals("root")) {
        Files.setOwner(
            folder,
            folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> newest(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(folder)) {
      return versions.max(
          Comparator.comparingInt(path -> Integer.parseInt(path.getFileName().toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
