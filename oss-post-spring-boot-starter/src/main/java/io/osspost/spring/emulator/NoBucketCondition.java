package io.osspost.spring.emulator;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Matches if no bucket is set. If {@code oss.post.bucket} is set, the emulator is not started. */
final class NoBucketCondition extends SpringBootCondition {
  private static final String BUCKET = "oss.post.bucket";

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    boolean named = StringUtils.hasText(context.getEnvironment().getProperty(BUCKET));
    ConditionMessage.Builder message = ConditionMessage.forCondition("OssEmulator");
    return named
        ? ConditionOutcome.noMatch(message.found("property").items(BUCKET))
        : ConditionOutcome.match(message.didNotFind("property").items(BUCKET));
  }
}
