package io.osspost.spring;

import io.osspost.credentials.CredentialsUnavailableException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains which sources of credentials were tried, and how to configure them. */
final class CredentialsUnavailableFailureAnalyzer
    extends AbstractFailureAnalyzer<CredentialsUnavailableException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, CredentialsUnavailableException cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Set OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET in the environment, set"
            + " 'oss.post.credentials.type' to another source, or leave that out and declare a bean"
            + " of type OssCredentialsProvider.",
        cause);
  }
}
