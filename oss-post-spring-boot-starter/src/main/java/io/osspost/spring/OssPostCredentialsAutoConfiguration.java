package io.osspost.spring;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.settings.UploadSettings;
import io.osspost.web.UploadEndpoints;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Fallback;

/**
 * Auto-configuration of the credentials that sign: those of connection details or {@code
 * oss.post.credentials.type}, otherwise the application's provider, otherwise the environment
 * variables.
 */
@AutoConfiguration(after = OssPostSettingsAutoConfiguration.class)
@ConditionalOnMissingBean(UploadEndpoints.class)
public class OssPostCredentialsAutoConfiguration {
  private static final String OF_SETTINGS = "ossPostCredentials";

  /** Injection points of a provider get the application's own first. */
  @Bean(OF_SETTINGS)
  @Fallback
  @Conditional(SettingsDecideCondition.class)
  OssCredentialsProvider ossPostCredentials(
      UploadSettings settings,
      ObjectProvider<OssPostConnectionDetails> connection,
      BeanFactory beans) {
    boolean connected = connection.getIfAvailable() != null;
    if (connected && !beans.containsBean(OssPostSettingsAutoConfiguration.SETTINGS)) {
      throw new IllegalStateException(
          "An emulator, or another OssPostConnectionDetails bean, contradicts the "
              + "UploadSettings bean. Remove one of them, for example with "
              + "'oss.post.emulator.enabled=false'.");
    }
    return settings.credentials(new NamedBeans(beans));
  }

  @Bean
  SigningCredentials ossPostSigningCredentials(BeanFactory beans) {
    return new SigningCredentials(
        beans.containsBean(OF_SETTINGS)
            ? beans.getBean(OF_SETTINGS, OssCredentialsProvider.class)
            : beans.getBean(OssCredentialsProvider.class));
  }
}
