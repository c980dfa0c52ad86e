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
        Choose one of these ways:

            - Add spring-boot-starter-security: logged-in users may upload.
            - Declare a bean of type CallerAuthorizer, or name a class in 'oss.post.authorizer'. \
        CallerAuthorizer.authenticated() uses the login of the servlet container.
            - Set 'oss.post.caller', such as 'session:loginUser.loginName', for a login of the \
        application itself.
            - Set 'oss.post.allow-anonymous=true': every client may upload.
        """,
        cause);
  }
}
