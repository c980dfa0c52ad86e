package io.osspost.spring;

import io.osspost.settings.UploadSettings;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.UploadEndpoints;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Auto-configuration of who may ask for grants, which somebody has to decide: Spring Security, a
 * bean, or a property.
 */
@AutoConfiguration(after = OssPostSettingsAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnMissingBean({CallerAuthorizer.class, UploadEndpoints.class})
public class OssPostCallersAutoConfiguration {
  /** Whoever Spring Security has logged in may ask, unless a property decides otherwise. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(SecurityFilterChain.class)
  static class SecurityConfiguration {
    @Bean
    CallerAuthorizer ossPostCallers(UploadSettings settings, BeanFactory beans) {
      return settings.authorizer(new NamedBeans(beans));
    }
  }

  /** Nobody can log in here, so a property has to decide, or settings of the application's own. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingClass("org.springframework.security.web.SecurityFilterChain")
  static class PropertyConfiguration {
    @Bean
    CallerAuthorizer ossPostCallers(
        UploadSettings settings, OssPostProperties properties, BeanFactory beans) {
      if (beans.containsBean(OssPostSettingsAutoConfiguration.SETTINGS)
          && properties.authorizer() == null
          && !properties.allowAnonymous()) {
        throw new UndecidedCallersException();
      }
      return settings.authorizer(new NamedBeans(beans));
    }
  }
}
