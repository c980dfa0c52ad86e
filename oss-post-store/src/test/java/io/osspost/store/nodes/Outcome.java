package io.osspost.store.nodes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The end of a trial.
 *
 * @param stored the emulator's objects: ETag and size by key
 * @param effects all committed rows of the application's table
 * @param grants the number of grants in each state
 * @param events the number of events in each state
 */
record Outcome(
    long seed,
    int uploads,
    Map<String, String> stored,
    List<Effects.Row> effects,
    Map<String, Long> grants,
    Map<String, Long> events,
    int kills,
    Duration took) {

  /** Returns the stored objects without an effect. */
  Set<String> lost() {
    Set<String> lost = new TreeSet<>(stored.keySet());
    effects.forEach(row -> lost.remove(row.key()));
    return lost;
  }

  /** Returns the effects without the stored object: unknown, or with other content. */
  List<Effects.Row> wrong() {
    return effects.stream()
        .filter(row -> !(row.etag() + " " + row.size()).equals(stored.get(row.key())))
        .toList();
  }

  /** Returns the effects after the first one of each object. */
  List<Effects.Row> repeated() {
    Set<String> keys = new HashSet<>();
    List<Effects.Row> repeated = new ArrayList<>(effects);
    repeated.removeIf(row -> keys.add(row.key()));
    return repeated;
  }

  /** Returns the objects whose effects have more than one event id. */
  Set<String> ambiguous() {
    Map<String, Set<String>> ids = new TreeMap<>();
    for (Effects.Row row : effects) {
      ids.computeIfAbsent(row.key(), key -> new TreeSet<>()).add(row.eventId());
    }
    return ids.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Returns the number of effects by their source. */
  Map<String, Long> sources() {
    return effects.stream()
        .collect(Collectors.groupingBy(Effects.Row::source, TreeMap::new, Collectors.counting()));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Seed %d: %,d uploads, %,d objects, %,d effects by %s, %d repeated, %d processes killed,"
            + " grants %s, events %s, %d s",
        seed,
        uploads,
        stored.size(),
        effects.size(),
        sources(),
        repeated().size(),
        kills,
        grants,
        events,
        took.toSeconds());
  }
}
