package io.osspost.java8;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The layer's logger writes the same records to {@code java.util.logging} as the JDK's. */
class LoggerTest {
  private static final String NAME = "io.osspost.java8.LoggerTest";

  private final java.util.logging.Logger target = java.util.logging.Logger.getLogger(NAME);
  private final List<LogRecord> records = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    target.setUseParentHandlers(false);
    target.setLevel(java.util.logging.Level.FINE);
    target.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    target.removeHandler(handler);
    target.setLevel(null);
    target.setUseParentHandlers(true);
  }

  @Test
  void recordsAreThoseOfTheJdk() {
    IllegalStateException thrown = new IllegalStateException("cause");
    Logger layer = SystemMethods.getLogger(NAME);
    layer.log(Level.ERROR, "one");
    layer.log(Level.WARNING, "two {0}", 2);
    layer.log(Level.INFO, "three", thrown);
    layer.log(Level.DEBUG, () -> "four");
    System.Logger jdk = System.getLogger(NAME);
    jdk.log(System.Logger.Level.ERROR, "one");
    jdk.log(System.Logger.Level.WARNING, "two {0}", 2);
    jdk.log(System.Logger.Level.INFO, "three", thrown);
    jdk.log(System.Logger.Level.DEBUG, () -> "four");
    assertThat(records).hasSize(8);
    for (int i = 0; i < 4; i++) {
      LogRecord ours = records.get(i);
      LogRecord expected = records.get(i + 4);
      assertThat(ours.getLevel()).isEqualTo(expected.getLevel());
      assertThat(ours.getLoggerName()).isEqualTo(expected.getLoggerName());
      assertThat(ours.getThrown()).isEqualTo(expected.getThrown());
      assertThat(new SimpleFormatter().formatMessage(ours))
          .isEqualTo(new SimpleFormatter().formatMessage(expected));
    }
    assertThat(new SimpleFormatter().formatMessage(records.get(1))).isEqualTo("two 2");
  }

  @Test
  void disabledMessagesAreNotComputed() {
    target.setLevel(java.util.logging.Level.WARNING);
    SystemMethods.getLogger(NAME)
        .log(
            Level.INFO,
            () -> {
              throw new AssertionError("computed");
            });
    assertThat(records).isEmpty();
  }

  @Test
  void sourceOfMessagesIsTheCallingMethod() {
    SystemMethods.getLogger(NAME).log(Level.INFO, "one");
    assertThat(records.get(0).getSourceClassName()).isEqualTo(NAME);
    assertThat(records.get(0).getSourceMethodName())
        .isEqualTo("sourceOfMessagesIsTheCallingMethod");
  }
}
