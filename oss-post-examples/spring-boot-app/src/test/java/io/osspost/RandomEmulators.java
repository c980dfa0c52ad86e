package io.osspost;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.rules.EmulatorRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Emulators with a random reading of each undocumented point, each for some cases of a test. */
final class RandomEmulators implements AutoCloseable {
  private static final int CASES_OF_AN_EMULATOR = 100;

  /** Readings for which no form with the default pinning works for all at once. */
  private static final Set<EmulatorRule> LEFT_OUT =
      EnumSet.of(
          EmulatorRule.ADDRESS_STYLE_HOST,
          EmulatorRule.CONDITION_TARGETS_OTHERS_FAIL,
          EmulatorRule.FIELD_LIMIT_8_KB_TOGETHER);

  private @Nullable OssEmulator running;
  private Set<EmulatorRule> rules = Set.of();
  private int cases;

  /** Returns the emulator of the next case. */
  OssEmulator next(Random random) {
    OssEmulator current = running;
    if (current != null && cases++ < CASES_OF_AN_EMULATOR) {
      return current;
    }
    close();
    cases = 0;
    rules = rules(random);
    OssEmulator.Builder builder =
        OssEmulator.builder()
            .inMemory()
            .accessKey("LTAIlongterm", "longtermsecret")
            .temporaryKey("STS.temporary", "temporarysecret", "CAIS+/=", Instant.MAX);
    rules.forEach(builder::rule);
    OssEmulator started = builder.start();
    running = started;
    return started;
  }

  /** Returns the readings of the latest emulator. */
  Set<EmulatorRule> rules() {
    return rules;
  }

  @Override
  public void close() {
    if (running != null) {
      running.close();
    }
  }

  private static Set<EmulatorRule> rules(Random random) {
    Map<String, List<EmulatorRule>> points = new LinkedHashMap<>();
    for (EmulatorRule rule : EmulatorRule.values()) {
      if (!LEFT_OUT.contains(rule)) {
        points.computeIfAbsent(rule.point(), none -> new ArrayList<>()).add(rule);
      }
    }
    Set<EmulatorRule> chosen = EnumSet.noneOf(EmulatorRule.class);
    for (List<EmulatorRule> readings : points.values()) {
      chosen.add(readings.get(random.nextInt(readings.size())));
    }
    return chosen;
  }
}
