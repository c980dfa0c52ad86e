package io.osspost.spring;

import io.osspost.ledger.StoreUnavailableException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why the store of uploads cannot be used. */
final class StoreUnavailableFailureAnalyzer
    extends AbstractFailureAnalyzer<StoreUnavailableException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, StoreUnavailableException cause) {
    return new FailureAnalysis(
        "The store of uploads cannot be used: " + cause.getMessage(),
        "Correct the DataSource or the properties below 'oss.post.store', or remove"
            + " 'oss.post.store.type'.",
        cause);
  }
}
