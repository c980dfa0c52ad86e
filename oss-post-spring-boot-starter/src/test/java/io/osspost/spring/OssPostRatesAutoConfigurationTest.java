package io.osspost.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.osspost.web.RateLimit;
import io.osspost.web.UploadEndpoints;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The client of Redis in which rates are counted. No test needs a Redis that runs. */
@ExtendWith(OutputCaptureExtension.class)
class OssPostRatesAutoConfigurationTest {
  private static final String IN_REDIS = "counted for all servers together, in Redis";

  @Test
  void clientOfSpringDataIsUsed(CapturedOutput output) {
    inRedis()
        .withBean(
            LettuceConnectionFactory.class, () -> new LettuceConnectionFactory("127.0.0.1", 1))
        .run(context -> assertThat(context).hasSingleBean(UploadEndpoints.class));
    assertThat(output).contains(IN_REDIS);
  }

  @Test
  void yourClientTakesPrecedence(CapturedOutput output) {
    inRedis()
        .withBean(
            "redis",
            RedisClient.class,
            () -> RedisClient.create("redis://127.0.0.1:1"),
            definition -> definition.setDestroyMethodName("shutdown"))
        .run(context -> assertThat(context).hasSingleBean(UploadEndpoints.class));
    assertThat(output).contains(IN_REDIS);
  }

  @Test
  void missingClientIsTold() {
    inRedis()
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("no single RedisClient"));
  }

  @Test
  void ownLimitAndRatesContradictEachOther() {
    application()
        .withBean(RateLimit.class, () -> caller -> Duration.ZERO)
        .run(
            context ->
                assertThat(context).getFailure().rootCause().hasMessageContaining("rate-limit"));
  }

  private static WebApplicationContextRunner inRedis() {
    return application()
        .withConfiguration(AutoConfigurations.of(OssPostRatesAutoConfiguration.class))
        .withPropertyValues("oss.post.rates.store=redis");
  }

  private static WebApplicationContextRunner application() {
    return Starter.servlet()
        .withPropertyValues("oss.post.allow-anonymous=true", "oss.post.rates.grants=60/1m");
  }
}
