package io.osspost.java8;

import io.osspost.edition.Replaces;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes log messages. */
@Replaces("java.lang.System$Logger")
public interface Logger {
  void log(Level level, String message);

  void log(Level level, Supplier<String> message);

  void log(Level level, String format, @Nullable Object... parameters);

  void log(Level level, String message, Throwable thrown);
}
