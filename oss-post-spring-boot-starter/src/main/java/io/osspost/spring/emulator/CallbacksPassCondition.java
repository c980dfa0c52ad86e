package io.osspost.spring.emulator;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;

/**
 * Matches unless nothing but Spring Security's defaults stands before the endpoints: they turn
 * every callback away, and then every upload fails. An application that has rules of its own has
 * decided.
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
