package io.osspost.spring;

import io.osspost.settings.InvalidSettingException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the property that stops the start, as it is written in a Spring application. */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
    String property = "oss.post." + cause.setting();
    return new FailureAnalysis(
        "Property '" + property + "': " + cause.problem(),
        "Correct '" + property + "' in the application's properties or environment.",
        cause);
  }
}
