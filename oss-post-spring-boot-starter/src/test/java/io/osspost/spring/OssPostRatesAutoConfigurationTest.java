package io.osspost.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.osspost.settings.UploadSettings;
import io.osspost.testsupport.LoggedLines;
import io.osspost.web.RateLimit;
import io.osspost.web.UploadEndpoints;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The client of Redis in which rates are counted. No test needs a Redis that runs. */
class OssPostRatesAutoConfigurationTest {
  private static final String IN_REDIS = "counted for all servers together, in Redis";

  private final LoggedLines logged = LoggedLines.of(UploadSettings.class.getName());

  @AfterEach
  void stop() {
    logged.close();
  }

  @Test
  void clientOfSpringDataIsUsed() {
    inRedis()
        .withBean(
            LettuceConnectionFactory.class, () -> new LettuceConnectionFactory("127.0.0.1", 1))
        .run(context -> assertThat(context).hasSingleBean(UploadEndpoints.class));
    assertThat(logged.lines()).anyMatch(line -> line.contains(IN_REDIS));
  }

  @Test
  void yourClientTakesPrecedence() {
    inRedis()
        .withBean(
            "redis",
            RedisClient.class,
            () -> RedisClient.create("redis://127.0.0.1:1"),
            definition -> definition.setDestroyMethodName("shutdown"))
        .run(context -> assertThat(context).hasSingleBean(UploadEndpoints.class));
    assertThat(logged.lines()).anyMatch(line -> line.contains(IN_REDIS));
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
        .withPropertyValues("oss.post.rates.storage=redis");
  }

  private static WebApplicationContextRunner application() {
    return Starter.servlet()
        .withPropertyValues("oss.post.allow-anonymous=true", "oss.post.rates.grants=60/1m");
  }
}
