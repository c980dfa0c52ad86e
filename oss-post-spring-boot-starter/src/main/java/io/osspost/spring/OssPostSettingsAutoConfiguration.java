package io.osspost.spring;

import io.osspost.settings.UploadSettings;
import io.osspost.web.UploadEndpoints;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * Auto-configuration of the settings and profiles under {@code oss.post}.
 *
 * <p>There is no condition on {@code oss.post.bucket}. An application with the starter needs
 * uploads, so a missing bucket makes startup fail instead of silently disabling the endpoints.
 */
@AutoConfiguration
@EnableConfigurationProperties(OssPostProperties.class)
@ImportRuntimeHints(OssPostRuntimeHints.class)
public class OssPostSettingsAutoConfiguration {
  static final String SETTINGS = "ossPostSettings";

  @Bean(SETTINGS)
  @ConditionalOnMissingBean({UploadSettings.class, UploadEndpoints.class})
  UploadSettings ossPostSettings(
      OssPostProperties properties, ObjectProvider<OssPostConnectionDetails> connection) {
    SettingTexts texts = SettingTexts.of(properties);
    connection.ifAvailable(texts::connect);
    return UploadSettings.read(texts.byName());
  }
}
