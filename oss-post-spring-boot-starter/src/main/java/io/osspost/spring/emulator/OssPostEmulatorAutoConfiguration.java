package io.osspost.spring.emulator;

import io.osspost.emulator.OssEmulator;
import io.osspost.spring.OssPostConnectionDetails;
import io.osspost.spring.OssPostSettingsAutoConfiguration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of an emulator inside this process, if it is enabled and no bucket is set.
 *
 * <p>It runs after the service connections, and before other configurations of filter chains, so
 * the chains that it finds are the application's own.
 */
@AutoConfiguration(before = OssPostSettingsAutoConfiguration.class)
@AutoConfigureOrder(Ordered.HIGHEST_PRECEDENCE + 100)
@ConditionalOnClass(OssEmulator.class)
@ConditionalOnProperty(prefix = "oss.post.emulator", name = "enabled", havingValue = "true")
@ConditionalOnMissingBean(OssPostConnectionDetails.class)
@Conditional(NoBucketCondition.class)
public class OssPostEmulatorAutoConfiguration {
  private static final Log LOG = LogFactory.getLog(OssPostEmulatorAutoConfiguration.class);

  /** Keeps the emulator while Spring Boot's developer tools restart the application. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(Restarter.class)
  @Conditional(RestarterCondition.class)
  static class RestartConfiguration {
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    OssEmulator ossPostEmulator(Environment environment) {
      return logged(RestartedEmulator.of(buckets(environment)));
    }
  }

  @Bean
  @ConditionalOnMissingBean
  OssEmulator ossPostEmulator(Environment environment) {
    return logged(RestartedEmulator.start(buckets(environment)));
  }

  private static Set<String> buckets(Environment environment) {
    Set<String> buckets = new LinkedHashSet<>(List.of("examplebucket"));
    buckets.addAll(ProfileBuckets.of(environment));
    return buckets;
  }

  /** Logs the start, because Spring does not report a misspelt OSS_POST_BUCKET. */
  private static OssEmulator logged(OssEmulator emulator) {
    LOG.warn(
        "Uploads go to an emulator inside this process, at "
            + emulator.endpoint()
            + ", and are deleted when it ends. Set 'oss.post.bucket' to use a bucket of OSS.");
    return emulator;
  }

  @Bean
  EmulatorConnection ossPostEmulatorConnection(
      OssEmulator emulator, ObjectProvider<CallbackAddress> calledBack) {
    return new EmulatorConnection(emulator, calledBack.getIfAvailable());
  }

  /** The address of a servlet application for callbacks. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @Conditional(CallbacksPassCondition.class)
  static class ServletConfiguration {
    @Bean
    OwnAddress ossPostOwnAddress(Environment environment) {
      return new OwnAddress(environment, "server.servlet.context-path");
    }
  }

  /** The address of a WebFlux application for callbacks. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  @Conditional(CallbacksPassCondition.class)
  static class ReactiveConfiguration {
    @Bean
    OwnAddress ossPostOwnAddress(Environment environment) {
      return new OwnAddress(environment, "spring.webflux.base-path");
    }
  }
}
