package io.osspost.testsupport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Collects the lines that a logger and the ones below it log, from INFO on, until it is closed. */
public final class LoggedLines implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord logged) {
          if (logged.getLevel().intValue() >= Level.INFO.intValue()) {
            lines.add(logged.getLevel() + " " + new SimpleFormatter().formatMessage(logged));
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private LoggedLines(String logger) {
    this.logger = Logger.getLogger(logger);
    this.logger.addHandler(handler);
  }

  /** Returns the lines of the logger with that name, which grow while it logs. */
  public static LoggedLines of(String logger) {
    return new LoggedLines(logger);
  }

  /** Returns the texts of the warnings that are logged while {@code action} runs. */
  public static List<String> warnings(String logger, Runnable action) {
    try (LoggedLines logged = of(logger)) {
      action.run();
      return logged.lines.stream()
          .filter(line -> line.startsWith("WARNING "))
          .map(line -> line.substring("WARNING ".length()))
          .toList();
    }
  }

  /** Returns each line with its level before it. */
  public List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
  }
}
