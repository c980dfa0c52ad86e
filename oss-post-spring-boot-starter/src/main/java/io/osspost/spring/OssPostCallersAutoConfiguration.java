package io.osspost.spring;

import io.osspost.settings.InvalidSettingException;
import io.osspost.settings.UploadSettings;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.PrincipalNames;
import io.osspost.web.UploadEndpoints;
import java.util.Optional;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Auto-configuration of the authorizer. Spring Security, a bean, or a property must decide which
 * callers may request grants.
 */
@AutoConfiguration(after = OssPostSettingsAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnMissingBean({CallerAuthorizer.class, UploadEndpoints.class})
public class OssPostCallersAutoConfiguration {
  /**
   * Callers that Spring Security authenticated may request grants, unless a property decides
   * otherwise.
   */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(SecurityFilterChain.class)
  static class SecurityConfiguration {
    @Bean
    CallerAuthorizer ossPostCallers(
        UploadSettings settings, ObjectProvider<PrincipalNames> names, BeanFactory beans) {
      return settings.authorizer(
          new NamedBeans(beans), Optional.ofNullable(names.getIfAvailable()));
    }
  }

  /** Without Spring Security there is no login, so a property or a bean must decide. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingClass("org.springframework.security.web.SecurityFilterChain")
  static class PropertyConfiguration {
    @Bean
    CallerAuthorizer ossPostCallers(
        UploadSettings settings,
        OssPostProperties properties,
        ObjectProvider<PrincipalNames> names,
        BeanFactory beans) {
      if (beans.containsBean(OssPostSettingsAutoConfiguration.SETTINGS)
          && properties.authorizer() == null
          && (properties.caller().isBlank() || properties.caller().equals("container"))) {
        if (!properties.allowAnonymous()) {
          throw new UndecidedCallersException();
        }
        properties.profiles().forEach(PropertyConfiguration::requireNoRoles);
      }
      return settings.authorizer(
          new NamedBeans(beans), Optional.ofNullable(names.getIfAvailable()));
    }

    /** Anonymous callers have no roles, so every request of the profile would be refused. */
    private static void requireNoRoles(String name, OssPostProperties.Profile profile) {
      if (!profile.roles().isEmpty()) {
        throw new InvalidSettingException(
            "profiles." + name + ".roles",
            "Without Spring Security all callers are anonymous and have no roles, so every request"
                + " would be refused. Add Spring Security, or remove the roles.");
      }
    }
  }
}
