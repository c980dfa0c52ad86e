package io.osspost.spring;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.settings.UploadSettings;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of what signs, as {@code oss.post.credentials} says. */
@AutoConfiguration(after = OssPostSettingsAutoConfiguration.class)
public class OssPostCredentialsAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  OssCredentialsProvider ossPostCredentials(UploadSettings settings, BeanFactory beans) {
    return settings.credentials(new NamedBeans(beans));
  }
}
