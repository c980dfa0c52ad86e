package io.osspost.spring.actuate;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.spring.OssPostEndpointsAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Import;

/** Auto-configuration of the health of what signs. */
@AutoConfiguration(after = OssPostEndpointsAutoConfiguration.class)
@ConditionalOnSingleCandidate(OssCredentialsProvider.class)
@Import({OlderBootHealthConfiguration.class, NewerBootHealthConfiguration.class})
public class OssPostHealthAutoConfiguration {}
