package io.osspost.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains how to decide which callers may request grants. */
final class UndecidedCallersFailureAnalyzer
    extends AbstractFailureAnalyzer<UndecidedCallersException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UndecidedCallersException cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        """
        Decide, in one of these ways:

            - Add spring-boot-starter-security: whoever is logged in may upload.
            - Declare a bean of type CallerAuthorizer, or name a class in 'oss.post.authorizer'. \
        CallerAuthorizer.authenticated() takes the word of the servlet container.
            - Set 'oss.post.allow-anonymous=true': everybody may upload.
        """,
        cause);
  }
}
