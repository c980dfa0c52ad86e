package io.osspost.store.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Two nodes with one database and an emulator of OSS, and pages that upload while processes are
 * killed. At the end it lists the stored objects and the rows of the application's table, neither
 * of which the code under test reads.
 */
final class Trial implements AutoCloseable {
  private static final int PAGES = 16;
  private static final Duration GRANT = Duration.ofMinutes(10);
  private static final Duration GRACE = Duration.ofMinutes(1);

  /** Longer than a lease of the sweep. */
  private static final Duration STEP = Duration.ofMinutes(6);

  /** Until then, the sweep looks for uploads that arrive late. */
  private static final Duration LAST_LOOK = Duration.ofHours(25);

  /** The size of a trial. */
  record Size(int uploads, int kills, Duration pause) {}

  private final long seed;
  private final Size size;
  private final SharedDatabase database;
  private final Path folder;
  private final OssEmulator oss;
  private final SharedClock clock;
  private final List<Node> nodes = new ArrayList<>();
  private final NodeProxy proxy;
  private final ExecutorService pages = Executors.newFixedThreadPool(PAGES);
  private final ExecutorService others = Executors.newCachedThreadPool();
  private final List<Future<?>> slow = new ArrayList<>();
  private final CountDownLatch slowEnd = new CountDownLatch(1);
  private final AtomicInteger finished = new AtomicInteger();

  /**
   * Starts everything.
   *
   * @param folder empty
   * @param joined whether the listener joins the transaction of the store
   */
  Trial(long seed, Size size, SharedDatabase database, Path folder, boolean joined)
      throws IOException, SQLException {
    this.seed = seed;
    this.size = size;
    this.database = database;
    this.folder = folder;
    this.oss = OssEmulator.builder().inMemory().start();
    this.clock = new SharedClock(folder.resolve(NodeProgram.CLOCK));
    this.proxy = new NodeProxy(nodes);
    new Effects(database.url()).create();
    writeSettings();
    for (int i = 0; i < 2; i++) {
      nodes.add(new Node(command(joined), folder.resolve("node" + i + ".log")));
    }
  }

  /** Runs all uploads, ends their grants, and waits until the ledger has no more to do. */
  Outcome run() throws Exception {
    final long start = System.nanoTime();
    upload();
    clock.advance(GRANT.plus(GRACE).plusSeconds(1));
    proxy.deliverLate();
    sweep("state = 'OPEN'", STEP, 40);
    slowEnd.countDown();
    requireSuccess(slow);
    database.disconnect();
    sweep("state = 'OPEN' OR due_at IS NOT NULL", LAST_LOOK, 6);
    Map<String, String> stored = new TreeMap<>();
    for (String key : oss.keys()) {
      StoredObject object = oss.object(key).orElseThrow();
      stored.put(key, object.etag().replace("\"", "") + " " + object.size());
    }
    return new Outcome(
        seed,
        size.uploads(),
        stored,
        new Effects(database.url()).rows(),
        counts("SELECT state, COUNT(*) FROM oss_post_grant GROUP BY state"),
        counts("SELECT state, COUNT(*) FROM oss_post_event GROUP BY state"),
        nodes.stream().mapToInt(Node::kills).sum(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  /** Returns the ends of the logs. */
  String logs() {
    return nodes.stream().map(Node::log).collect(Collectors.joining("\n--- other node\n"));
  }

  @Override
  public void close() throws SQLException {
    slowEnd.countDown();
    pages.shutdownNow();
    others.shutdownNow();
    nodes.forEach(Node::close);
    proxy.close();
    oss.close();
    database.close();
  }

  private void upload() throws Exception {
    Page page = new Page(proxy, new StopPoints(folder.resolve(NodeProgram.STOPS)), slowEnd);
    Future<?> disturbance = others.submit(this::disturb);
    List<Future<?>> usual = new ArrayList<>();
    for (int i = 0; i < size.uploads(); i++) {
      UploadPlan plan = UploadPlan.of(seed, i, size.uploads(), size.kills());
      if (plan.ending() == UploadPlan.Ending.SLOW) {
        requireSuccess(usual);
        slow.add(others.submit(() -> run(page, plan)));
      } else {
        usual.add(pages.submit(() -> run(page, plan)));
      }
    }
    requireSuccess(List.of(disturbance));
  }

  private boolean run(Page page, UploadPlan plan) throws Exception {
    try {
      page.run(plan);
      return true;
    } finally {
      finished.incrementAndGet();
    }
  }

  private static void requireSuccess(List<Future<?>> all) throws Exception {
    for (Future<?> one : all) {
      one.get(120, TimeUnit.SECONDS);
    }
  }

  /** Ends the connections twice, and stops the database once in between. */
  private boolean disturb() throws Exception {
    waitForUploads(size.uploads() / 4);
    database.disconnect();
    waitForUploads(size.uploads() / 2);
    database.stop(size.pause());
    waitForUploads(size.uploads() * 3 / 4);
    database.disconnect();
    return true;
  }

  private void waitForUploads(int number) throws InterruptedException {
    while (finished.get() < number) {
      Thread.sleep(20);
    }
  }

  /**
   * Advances the clock of the nodes until no row of the ledger matches. They sign requests to OSS
   * with the clock of the system, as OSS does.
   */
  private void sweep(String rows, Duration step, int steps) throws Exception {
    String sql = "SELECT COUNT(*) FROM oss_post_grant WHERE " + rows;
    long last = Long.MAX_VALUE;
    for (int i = 0; i < steps; ) {
      long left = count(sql);
      if (left == 0) {
        return;
      }
      Thread.sleep(1_000);
      if (left >= last) {
        // The sweep has ended, or was killed: leases end, and absent objects are due again.
        clock.advance(step);
        i++;
        last = Long.MAX_VALUE;
      } else {
        last = left;
      }
    }
    throw new AssertionError(
        "Rows remain where "
            + rows
            + ": "
            + counts("SELECT state, COUNT(*) FROM oss_post_grant GROUP BY state"));
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private Map<String, Long> counts(String sql) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection(database.url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    }
    return counts;
  }

  private List<String> command(boolean joined) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx160m",
        "-cp",
        System.getProperty("java.class.path"),
        NodeProgram.class.getName(),
        folder.toString(),
        database.url(),
        String.valueOf(joined));
  }

  private void writeSettings() throws IOException {
    Properties settings = new Properties();
    settings.put("bucket", oss.bucket());
    settings.put("region", oss.region());
    settings.put("endpoint", oss.endpoint().toString());
    settings.put("credentials.type", "static");
    settings.put("credentials.access-key-id", oss.accessKeyId());
    settings.put("credentials.access-key-secret", oss.accessKeySecret());
    settings.put("allow-anonymous", "true");
    settings.put("callback.url", proxy.address() + "/oss_upload_callback");
    settings.put("callback.public-key", oss.callbackPublicKeyPem());
    settings.put("callback.ticket-secret", "0123456789abcdef0123456789abcdef");
    settings.put("store.type", "jdbc");
    settings.put("store.data-source", "uploads");
    settings.put("store.create-schema", "true");
    settings.put("ledger.required", "true");
    settings.put("ledger.grace", GRACE.toSeconds() + "s");
    settings.put("ledger.interval", "1s");
    settings.put("multipart.life", GRANT.toSeconds() + "s");
    settings.put("multipart.part-size", "100KB");
    settings.put("profiles.default.grants", "post,put,multipart");
    settings.put("profiles.default.validity", GRANT.toSeconds() + "s");
    try (Writer writer = Files.newBufferedWriter(folder.resolve(NodeProgram.SETTINGS), UTF_8)) {
      settings.store(writer, null);
    }
  }
}
