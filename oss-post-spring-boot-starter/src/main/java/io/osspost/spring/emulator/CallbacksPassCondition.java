package io.osspost.spring.emulator;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;

/**
 * Matches unless only Spring Security's defaults protect the endpoints. They reject every callback,
 * and then every upload fails. Rules of the application take precedence.
 */
final class CallbacksPassCondition extends AnyNestedCondition {
  CallbacksPassCondition() {
    super(ConfigurationPhase.REGISTER_BEAN);
  }

  @ConditionalOnMissingClass("org.springframework.security.web.SecurityFilterChain")
  static class WithoutSecurity {}

  @ConditionalOnBean(type = "org.springframework.security.web.SecurityFilterChain")
  static class OwnServletRules {}

  @ConditionalOnBean(type = "org.springframework.security.web.server.SecurityWebFilterChain")
  static class OwnWebFluxRules {}
}
