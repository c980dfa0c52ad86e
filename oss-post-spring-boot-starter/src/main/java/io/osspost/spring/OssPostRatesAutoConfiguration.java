package io.osspost.spring;

import io.lettuce.core.RedisClient;
import java.util.Optional;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * Auto-configuration of the client of Redis in which rates are counted: the {@code RedisClient}
 * bean, otherwise that of Spring Data Redis.
 */
@AutoConfiguration(
    after = OssPostStoreAutoConfiguration.class,
    before = OssPostEndpointsAutoConfiguration.class)
@ConditionalOnClass(RedisClient.class)
@ConditionalOnProperty(prefix = "oss.post.rates", name = "storage", havingValue = "redis")
public class OssPostRatesAutoConfiguration {
  private static final String SPRING_DATA =
      "org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory";

  @Bean
  CollaboratorsCustomizer ossPostRedisClient(ListableBeanFactory beans) {
    return collaborators -> collaborators.lookup(RedisClient.class, () -> client(beans));
  }

  private static Optional<RedisClient> client(ListableBeanFactory beans) {
    RedisClient own = beans.getBeanProvider(RedisClient.class).getIfUnique();
    if (own != null) {
      return Optional.of(own);
    }
    return ClassUtils.isPresent(SPRING_DATA, beans.getClass().getClassLoader())
        ? SpringData.client(beans)
        : Optional.empty();
  }

  /** The part that needs Spring Data Redis. */
  private static final class SpringData {
    static Optional<RedisClient> client(ListableBeanFactory beans) {
      LettuceConnectionFactory connections =
          beans.getBeanProvider(LettuceConnectionFactory.class).getIfUnique();
      return connections != null && connections.getNativeClient() instanceof RedisClient client
          ? Optional.of(client)
          : Optional.empty();
    }
  }
}
