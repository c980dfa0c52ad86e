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
        "Set the environment variables OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET, set "
            + "'oss.post.credentials.type' to another source, or remove that property and declare "
            + "a bean of type OssCredentialsProvider.",
        cause);
  }
}
