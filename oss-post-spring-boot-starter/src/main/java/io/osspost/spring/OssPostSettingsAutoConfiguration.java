package io.osspost.spring;

import io.osspost.settings.UploadSettings;
import io.osspost.web.UploadEndpoints;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
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

  private static final Log LOG = LogFactory.getLog(OssPostSettingsAutoConfiguration.class);

  @Bean(SETTINGS)
  @ConditionalOnMissingBean({UploadSettings.class, UploadEndpoints.class})
  UploadSettings ossPostSettings(
      OssPostProperties properties, ObjectProvider<OssPostConnectionDetails> connection) {
    SettingTexts texts = SettingTexts.of(properties);
    connection.ifAvailable(texts::connect);
    if (properties.emulator().enabled() && connection.getIfAvailable() == null) {
      LOG.warn(
          "Uploads go to bucket '"
              + properties.bucket()
              + "' of OSS, not to the emulator: 'oss.post.emulator.enabled' is true, but"
              + " 'oss.post.bucket' is set. Set 'oss.post.bucket' to an empty value where you want"
              + " the emulator.");
    }
    return UploadSettings.read(texts.byName());
  }
}
