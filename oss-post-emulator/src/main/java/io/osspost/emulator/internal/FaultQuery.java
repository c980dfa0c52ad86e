package io.osspost.emulator.internal;

import io.osspost.emulator.fault.Fault;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

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
              "lose-answer", value -> Fault.loseAnswer(),
              "lose-callback", value -> Fault.loseCallback(),
              "lose-callback-answer", value -> Fault.loseCallbackAnswer(),
              "double-callback", value -> Fault.doubleCallback()));

  /** The parameters beside the kind. */
  private static final Set<String> OTHERS =
      new TreeSet<>(Set.of("code", "message", "times", "on", "query", "part", "each-part"));

  private final Map<String, String> query;

  private FaultQuery(Map<String, String> query) {
    this.query = query;
  }

  /**
   * Reads the one fault of a query.
   *
   * @throws IllegalArgumentException if there is not exactly one, or a name or a value is invalid
   */
  static Fault parse(Map<String, String> query) {
    try {
      return new FaultQuery(query).fault();
    } catch (DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "A value cannot be read: " + e.getMessage() + ". Write delay=PT2S, times=3.", e);
    }
  }

  /** Returns the parameters that a fault selects, as {@code query} accepts them. */
  static String selection(Fault fault) {
    return new TreeMap<>(fault.query())
        .entrySet().stream()
            .map(
                entry ->
                    entry.getKey() + (entry.getValue().isEmpty() ? "" : "=" + entry.getValue()))
            .collect(Collectors.joining(","));
  }

  private Fault fault() {
    checkNames();
    return eachPart(part(selected(on(times(withText(kind()))))));
  }

  private void checkNames() {
    for (String name : query.keySet()) {
      if (!KINDS.containsKey(name) && !OTHERS.contains(name)) {
        throw new IllegalArgumentException(
            "There is no parameter '" + name + "'. Beside the fault, use " + OTHERS + ".");
      }
    }
  }

  private Fault kind() {
    List<Map.Entry<String, Function<String, Fault>>> kinds =
        KINDS.entrySet().stream().filter(kind -> query.containsKey(kind.getKey())).toList();
    if (kinds.size() != 1) {
      throw new IllegalArgumentException("Name one fault of " + KINDS.keySet() + ".");
    }
    String value = query.getOrDefault(kinds.get(0).getKey(), "");
    return kinds.get(0).getValue().apply(value);
  }

  /** A refusal's code and message default to those of its status. */
  private Fault withText(Fault fault) {
    if (fault.effect() instanceof Fault.Refusal standard) {
      return Fault.refusal(
          standard.status(), text("code", standard.code()), text("message", standard.message()));
    }
    if (query.containsKey("code") || query.containsKey("message")) {
      throw new IllegalArgumentException(
          "Only a refusal has 'code' and 'message'. Omit them, or write refusal=503.");
    }
    return fault;
  }

  private String text(String name, String standard) {
    String value = query.getOrDefault(name, standard);
    if (value.isBlank()) {
      throw new IllegalArgumentException("'" + name + "' is empty. Write a text, or omit it.");
    }
    return value;
  }

  private Fault times(Fault fault) {
    String times = query.getOrDefault("times", "1");
    return times.equals("always") ? fault.always() : fault.times(Integer.parseInt(times));
  }

  private Fault on(Fault fault) {
    String target = query.get("on");
    return target == null ? fault : fault.on(target);
  }

  /** Reads {@code query}: names or {@code name=value}, with commas between them. */
  private Fault selected(Fault fault) {
    String selection = query.get("query");
    if (selection == null) {
      return fault;
    }
    Fault selecting = fault;
    for (String item : selection.split(",", -1)) {
      int equals = item.indexOf('=');
      String name = equals < 0 ? item : item.substring(0, equals);
      if (name.isBlank()) {
        throw new IllegalArgumentException(
            "'query' has an empty name. Write query=uploadId, or query=partNumber=3.");
      }
      selecting = selecting.withQuery(name, equals < 0 ? "" : item.substring(equals + 1));
    }
    return selecting;
  }

  private Fault part(Fault fault) {
    String number = query.get("part");
    if (number == null) {
      return fault;
    }
    if (!query.getOrDefault("on", "PUT").equals("PUT")) {
      throw new IllegalArgumentException("A part is sent by PUT. Omit 'on' beside 'part'.");
    }
    return fault.onPart(Integer.parseInt(number));
  }

  private Fault eachPart(Fault fault) {
    String value = query.getOrDefault("each-part", "false");
    return switch (value) {
      case "", "true" -> fault.inEachPart();
      case "false" -> fault;
      default ->
          throw new IllegalArgumentException(
              "'each-part' is '" + value + "'. Write each-part without a value, or omit it.");
    };
  }
}
