package io.osspost.java8;

import java.util.function.Supplier;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** Writes log messages to {@code java.util.logging}, as {@link System.Logger} does by default. */
final class LoggingLogger implements Logger {
  private final java.util.logging.Logger logger;

  LoggingLogger(String name) {
    this.logger = java.util.logging.Logger.getLogger(name);
  }

  @Override
  public void log(Level level, String message) {
    log(level, message, null, null);
  }

  @Override
  public void log(Level level, Supplier<String> message) {
    if (logger.isLoggable(level.level())) {
      log(level, message.get(), null, null);
    }
  }

  @Override
  public void log(Level level, String format, @Nullable Object... parameters) {
    log(level, format, parameters, null);
  }

  @Override
  public void log(Level level, String message, Throwable thrown) {
    log(level, message, null, thrown);
  }

  private void log(
      Level level,
      String message,
      @Nullable Object @Nullable [] parameters,
      @Nullable Throwable thrown) {
    if (!logger.isLoggable(level.level())) {
      return;
    }
    LogRecord record = new LogRecord(level.level(), message);
    record.setLoggerName(logger.getName());
    setSource(record);
    record.setParameters(parameters);
    record.setThrown(thrown);
    logger.log(record);
  }

  /** Otherwise this class would be the source of every message. */
  private static void setSource(LogRecord record) {
    for (StackTraceElement frame : new Throwable().getStackTrace()) {
      if (!frame.getClassName().equals(LoggingLogger.class.getName())) {
        record.setSourceClassName(frame.getClassName());
        record.setSourceMethodName(frame.getMethodName());
        return;
      }
    }
  }
}
