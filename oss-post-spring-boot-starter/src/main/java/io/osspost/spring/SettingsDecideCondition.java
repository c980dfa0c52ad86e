package io.osspost.spring;

import io.osspost.credentials.OssCredentialsProvider;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if the properties select the credentials, even if the application declares {@code
 * OssCredentialsProvider} beans.
 */
final class SettingsDecideCondition extends AnyNestedCondition {
  SettingsDecideCondition() {
    super(ConfigurationPhase.REGISTER_BEAN);
  }

  @ConditionalOnMissingBean(OssCredentialsProvider.class)
  static class NoProviderBean {}

  @ConditionalOnBean(OssPostConnectionDetails.class)
  static class HasConnection {}

  @Conditional(OtherType.class)
  static class NamesType {}

  /** A bean takes precedence over the default, even if that is written in the properties. */
  static final class OtherType implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      String type = context.getEnvironment().getProperty("oss.post.credentials.type", "env");
      return !type.isBlank() && !type.equals("env");
    }
  }
}
