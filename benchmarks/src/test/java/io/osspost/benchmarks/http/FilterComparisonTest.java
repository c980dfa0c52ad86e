package io.osspost.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.benchmarks.http.FilterComparison.Lengths;
import io.osspost.benchmarks.http.FilterComparison.Pair;
import io.osspost.testsupport.Requirement;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs a short comparison, with limits that even a busy machine keeps. */
@Tag("full")
class FilterComparisonTest {
  @BeforeAll
  static void findWrk() {
    boolean found =
        List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "wrk")));
    if (!found) {
      throw Requirement.WRK.missing("No wrk found. Install it: apt-get install wrk");
    }
  }

  @ParameterizedTest
  @EnumSource
  void filterCostsAtMostAFewTimesABareServlet(Container container) throws Exception {
    Lengths lengths = new Lengths(100_000, Duration.ofSeconds(2));

    List<Pair> pairs = FilterComparison.measure(container, 3, lengths);

    assertThat(FilterComparison.median(pairs, turn -> turn.cpuMicrosPerRequest())).isLessThan(2.5);
  }
}
