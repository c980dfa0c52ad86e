package io.osspost.store;

import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.osspost.spi.RateStoreOptions;
import io.osspost.spi.RateStoreType;
import io.osspost.spi.SharedRates;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The type {@code redis} of the setting {@code rates.storage}: rates in Redis, by a {@code
 * RedisClient} of the application. It needs the jars {@code bucket4j_jdk17-lettuce} and {@code
 * lettuce-core}.
 */
public final class RedisRateType implements RateStoreType {
  /** Creates the type; called by the loader of services. */
  public RedisRateType() {}

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public SharedRates open(RateStoreOptions options) {
    requireJars();
    return Redis.open(options);
  }

  private static void requireJars() {
    try {
      Class.forName("io.lettuce.core.RedisClient");
      Class.forName("io.github.bucket4j.redis.lettuce.Bucket4jLettuce");
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "It is redis, but a jar is missing. Add the dependencies"
              + " com.bucket4j:bucket4j_jdk17-lettuce and io.lettuce:lettuce-core to the"
              + " application.",
          e);
    }
  }

  /** The part that the optional jars are needed for. */
  private static final class Redis implements Supplier<ProxyManager<String>>, SharedRates {
    private static final String PREFIX = "oss-post:";

    private final RedisClient client;
    private final SharedRates rates = new BucketRates("Redis", this);
    private @Nullable StatefulRedisConnection<String, byte[]> connection;
    private @Nullable ProxyManager<String> buckets;

    private Redis(RedisClient client) {
      this.client = client;
    }

    static SharedRates open(RateStoreOptions options) {
      if (options.client().isEmpty()) {
        return new Redis(
            options
                .find(RedisClient.class)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "The application has no single RedisClient of Lettuce. Write the name of"
                                + " one in rates.client.")));
      }
      String name = options.client().get();
      Object found =
          options
              .object(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "There is no object named '"
                              + name
                              + "'. Write the name of a RedisClient of Lettuce."));
      if (found instanceof RedisClient client) {
        return new Redis(client);
      }
      throw new IllegalArgumentException(
          "'" + name + "' is a " + found.getClass().getName() + ", not a RedisClient of Lettuce.");
    }

    /** Connects at the first request, so that an application starts while Redis does not run. */
    @Override
    public synchronized ProxyManager<String> get() {
      ProxyManager<String> known = buckets;
      if (known != null) {
        return known;
      }
      StatefulRedisConnection<String, byte[]> opened =
          client.connect(RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE));
      connection = opened;
      ProxyManager<String> made =
          Bucket4jLettuce.casBasedBuilder(opened)
              .requestTimeout(Duration.ofSeconds(1))
              .expirationAfterWrite(
                  ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(
                      Duration.ofMinutes(1)))
              .build();
      buckets = made;
      return made;
    }

    @Override
    public Duration take(String key, int requests, Duration period) {
      return rates.take(PREFIX + key, requests, period);
    }

    @Override
    public String description() {
      return rates.description();
    }

    /** Closes the connection. The client remains open. */
    @Override
    public synchronized void close() {
      if (connection != null) {
        connection.close();
      }
    }
  }
}
