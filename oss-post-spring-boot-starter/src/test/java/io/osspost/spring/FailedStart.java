package io.osspost.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** The text that an operator reads if the application does not start. */
public final class FailedStart {
  private FailedStart() {}

  /** Returns the first analysis of the analyzers, in Boot's order. */
  public static FailureAnalysis analysis(ApplicationContextAssertProvider<?> context) {
    Throwable failure = context.getStartupFailure();
    assertThat(failure).as("the context should not have started").isNotNull();
    return analysis(failure);
  }

  static FailureAnalysis analysis(Throwable failure) {
    List<FailureAnalyzer> analyzers =
        SpringFactoriesLoader.forDefaultResourceLocation()
            .load(
                FailureAnalyzer.class,
                SpringFactoriesLoader.FailureHandler.handleMessage((message, cause) -> {}));
    return analyzers.stream()
        .map(analyzer -> analyzer.analyze(failure))
        .filter(analysis -> analysis != null)
        .findFirst()
        .orElseThrow(() -> new AssertionError("Nothing analyses " + failure, failure));
  }
}
