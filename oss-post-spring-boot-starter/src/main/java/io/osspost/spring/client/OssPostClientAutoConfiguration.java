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
 * Auto-configuration of the vendor's client for what the application itself does with the bucket:
 * look at uploads, move them, delete them.
 */
@AutoConfiguration(after = OssPostEndpointsAutoConfiguration.class)
@ConditionalOnClass(OSS.class)
@ConditionalOnBean({UploadSettings.class, SigningCredentials.class})
@ConditionalOnMissingBean(OSS.class)
public class OssPostClientAutoConfiguration {
  /** Made when it is first asked for, as its connections and thread are not free. */
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
