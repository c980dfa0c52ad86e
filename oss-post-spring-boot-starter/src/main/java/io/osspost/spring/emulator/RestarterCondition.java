package io.osspost.spring.emulator;

import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if Spring Boot's developer tools restart this application. In tests they do not, although
 * they may be on the class path.
 */
final class RestarterCondition extends SpringBootCondition {
  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    return restarts()
        ? ConditionOutcome.match("the developer tools restart this application")
        : ConditionOutcome.noMatch("the developer tools are not in use");
  }

  /** Restarts are disabled if there is no URL whose changes cause one. */
  private static boolean restarts() {
    try {
      return Restarter.getInstance().getInitialUrls() != null;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
