package io.osspost.spring;

import io.osspost.callback.UploadListener;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.servlet.OssPostFilter;
import io.osspost.settings.UploadSettings;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.UploadEndpoints;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for upload grants. Every bean steps aside for one you declare.
 *
 * <p>There is no condition on {@code oss.post.bucket}: an application that has the starter wants
 * uploads, so a forgotten bucket stops the start instead of silently leaving the endpoint out.
 */
@AutoConfiguration
@EnableConfigurationProperties(OssPostProperties.class)
public class OssPostAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  UploadSettings ossPostSettings(OssPostProperties properties) {
    return properties.toSettings();
  }

  @Bean
  @ConditionalOnMissingBean
  OssCredentialsProvider ossPostCredentials(UploadSettings settings) {
    return settings.credentials();
  }

  @Bean
  @ConditionalOnMissingBean
  CallerAuthorizer ossPostCallers(UploadSettings settings) {
    return settings.callers();
  }

  @Bean
  @ConditionalOnMissingBean
  UploadEndpoints ossPostEndpoints(
      UploadSettings settings,
      OssCredentialsProvider credentials,
      CallerAuthorizer callers,
      ObjectProvider<UploadListener> listeners,
      ObjectProvider<TokenVendor> tokens) {
    UploadSettings.Opening opening = settings.opening().credentials(credentials).callers(callers);
    List<UploadListener> all = listeners.orderedStream().toList();
    if (!all.isEmpty()) {
      opening.listener(uploaded -> all.forEach(listener -> listener.uploaded(uploaded)));
    }
    tokens.ifAvailable(opening::tokens);
    return opening.open();
  }

  /** Puts the endpoints behind the servlet filters that log callers in. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnClass({FilterRegistrationBean.class, OssPostFilter.class})
  static class ServletConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "ossPostFilter")
    FilterRegistrationBean<OssPostFilter> ossPostFilter(UploadEndpoints endpoints) {
      FilterRegistrationBean<OssPostFilter> filter =
          new FilterRegistrationBean<>(new OssPostFilter(endpoints));
      filter.setUrlPatterns(endpoints.paths());
      return filter;
    }
  }
}
