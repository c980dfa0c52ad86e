package io.osspost.spring.actuate;

import io.osspost.spring.OssPostEndpointsAutoConfiguration;
import io.osspost.spring.SigningCredentials;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Import;

/** Auto-configuration of the health of the credentials that sign, and of the ledger. */
@AutoConfiguration(after = OssPostEndpointsAutoConfiguration.class)
@ConditionalOnBean(SigningCredentials.class)
@Import({OlderBootHealthConfiguration.class, NewerBootHealthConfiguration.class})
public class OssPostHealthAutoConfiguration {}
