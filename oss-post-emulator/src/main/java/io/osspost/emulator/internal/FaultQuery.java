package io.osspost.emulator.internal;

import io.osspost.emulator.fault.Fault;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads a fault from a query such as {@code delay=PT2S&times=3&on=PUT}. */
final class FaultQuery {
  private static final Map<String, Function<String, Fault>> KINDS =
      new TreeMap<>(
          Map.of(
              "delay", value -> Fault.delay(Duration.parse(value)),
              "drop", value -> Fault.drop(),
              "refusal", value -> Fault.refusal(Integer.parseInt(value)),
              "cut-upload", value -> Fault.cutUploadAfter(Long.parseLong(value)),
              "cut-answer", value -> Fault.cutAnswerAfter(Long.parseLong(value)),
              "lose-callback", value -> Fault.loseCallback(),
              "lose-callback-answer", value -> Fault.loseCallbackAnswer(),
              "double-callback", value -> Fault.doubleCallback()));

  private FaultQuery() {}

  /**
   * Reads the one fault of a query.
   *
   * @throws IllegalArgumentException if there is not exactly one, or a value is invalid
   */
  static Fault parse(Map<String, String> query) {
    List<Map.Entry<String, Function<String, Fault>>> kinds =
        KINDS.entrySet().stream().filter(kind -> query.containsKey(kind.getKey())).toList();
    if (kinds.size() != 1) {
      throw new IllegalArgumentException("Name one fault of " + KINDS.keySet() + ".");
    }
    try {
      String value = query.getOrDefault(kinds.get(0).getKey(), "");
      Fault fault = kinds.get(0).getValue().apply(value);
      String times = query.getOrDefault("times", "1");
      fault = times.equals("always") ? fault.always() : fault.times(Integer.parseInt(times));
      String target = query.get("on");
      return target == null ? fault : fault.on(target);
    } catch (DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "A value cannot be read: " + e.getMessage() + ". Write delay=PT2S, times=3.", e);
    }
  }
}
