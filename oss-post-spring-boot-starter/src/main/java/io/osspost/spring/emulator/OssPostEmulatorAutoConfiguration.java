package io.osspost.spring.emulator;

import io.osspost.emulator.OssEmulator;
import io.osspost.spring.OssPostConnectionDetails;
import io.osspost.spring.OssPostSettingsAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of an OSS inside this process, where one is asked for and no bucket is set.
 */
@AutoConfiguration(before = OssPostSettingsAutoConfiguration.class)
@ConditionalOnClass(OssEmulator.class)
@ConditionalOnProperty(prefix = "oss.post.emulator", name = "enabled", havingValue = "true")
@ConditionalOnMissingBean(OssPostConnectionDetails.class)
@Conditional(NoBucketCondition.class)
public class OssPostEmulatorAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  OssEmulator ossPostEmulator() {
    return OssEmulator.builder().stsPort(0).start();
  }

  @Bean
  EmulatorConnection ossPostEmulatorConnection(
      OssEmulator emulator, ObjectProvider<OwnAddress> ownAddress) {
    return new EmulatorConnection(emulator, ownAddress.getIfAvailable());
  }

  /** Where a servlet application is called back. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  static class ServletConfiguration {
    @Bean
    OwnAddress ossPostOwnAddress(Environment environment) {
      return new OwnAddress(environment, "server.servlet.context-path");
    }
  }

  /** Where a WebFlux application is called back. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  static class ReactiveConfiguration {
    @Bean
    OwnAddress ossPostOwnAddress(Environment environment) {
      return new OwnAddress(environment, "spring.webflux.base-path");
    }
  }
}
