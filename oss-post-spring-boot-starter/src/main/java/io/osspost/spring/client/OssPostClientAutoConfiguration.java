package io.osspost.spring.client;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.comm.SignVersion;
import io.osspost.settings.UploadSettings;
import io.osspost.spring.OssPostEndpointsAutoConfiguration;
import io.osspost.spring.SigningCredentials;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of the vendor's client, with which the application itself can read, move and
 * delete uploads.
 */
@AutoConfiguration(after = OssPostEndpointsAutoConfiguration.class)
@ConditionalOnClass(OSS.class)
@ConditionalOnBean({UploadSettings.class, SigningCredentials.class})
@ConditionalOnMissingBean(OSS.class)
public class OssPostClientAutoConfiguration {
  /** The client is created at its first use, because it has connections and a thread. */
  @Bean(destroyMethod = "shutdown")
  @Lazy
  OSS ossPostClient(UploadSettings settings, SigningCredentials signing) {
    ClientAddress address = ClientAddress.of(settings.bucket());
    ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
    configuration.setSignatureVersion(SignVersion.V4);
    configuration.setSLDEnabled(address.style() == ClientAddress.Style.BUCKET_IN_PATH);
    configuration.setSupportCname(address.style() == ClientAddress.Style.OWN_DOMAIN);
    return OSSClientBuilder.create()
        .endpoint(address.endpoint())
        .region(settings.bucket().region())
        .credentialsProvider(new SharedCredentials(signing.provider()))
        .clientConfiguration(configuration)
        .build();
  }
}
