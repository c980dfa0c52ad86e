package io.osspost.spring;

import io.osspost.settings.UploadSettings;
import io.osspost.spring.actuate.OssPostActuatorAutoConfiguration;
import io.osspost.spring.actuate.OssPostHealthAutoConfiguration;
import io.osspost.spring.actuate.OssPostMetricsAutoConfiguration;
import io.osspost.spring.client.OssPostClientAutoConfiguration;
import io.osspost.spring.emulator.OssPostEmulatorAutoConfiguration;
import io.osspost.spring.web.OssPostServletAutoConfiguration;
import io.osspost.spring.web.OssPostWebFluxAutoConfiguration;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Application contexts with the starter and nothing else, for its tests. */
public final class Starter {
  /** What must be seen nowhere. */
  public static final String SECRET = "topsecret-0123456789";

  private Starter() {}

  /** A key that signs, in place of the environment's. */
  public static String[] key() {
    return new String[] {
      "oss.post.credentials.type=static",
      "oss.post.credentials.access-key-id=LTAIid",
      "oss.post.credentials.access-key-secret=" + SECRET
    };
  }

  /** A bucket nobody asks anything of. */
  public static String[] bucket() {
    return new String[] {"oss.post.bucket=examplebucket", "oss.post.region=cn-hangzhou"};
  }

  /** The same as an application writes them itself; anonymous callers may upload. */
  public static UploadSettings settings() {
    return UploadSettings.read(
        Map.of(
            "bucket", "yourbucket",
            "region", "cn-beijing",
            "allow-anonymous", "true",
            "credentials.type", "static",
            "credentials.access-key-id", "LTAIyours",
            "credentials.access-key-secret", SECRET));
  }

  /** A servlet application with key and bucket. */
  public static WebApplicationContextRunner servlet() {
    return configured(bare(new WebApplicationContextRunner()));
  }

  /** A WebFlux application with key and bucket. */
  public static ReactiveWebApplicationContextRunner reactive() {
    return configured(bare(new ReactiveWebApplicationContextRunner()));
  }

  /** An application that is not on the web, with key and bucket. */
  public static ApplicationContextRunner offWeb() {
    return configured(bare(new ApplicationContextRunner()));
  }

  /** Adds the starter to {@code runner}. */
  public static <R extends AbstractApplicationContextRunner<R, ?, ?>> R bare(R runner) {
    return runner.withConfiguration(
        AutoConfigurations.of(
            OssPostEmulatorAutoConfiguration.class,
            OssPostSettingsAutoConfiguration.class,
            OssPostCredentialsAutoConfiguration.class,
            OssPostCallersAutoConfiguration.class,
            OssPostEndpointsAutoConfiguration.class,
            OssPostServletAutoConfiguration.class,
            OssPostWebFluxAutoConfiguration.class,
            OssPostClientAutoConfiguration.class,
            OssPostActuatorAutoConfiguration.class,
            OssPostHealthAutoConfiguration.class,
            OssPostMetricsAutoConfiguration.class));
  }

  private static <R extends AbstractApplicationContextRunner<R, ?, ?>> R configured(R runner) {
    return runner.withPropertyValues(key()).withPropertyValues(bucket());
  }
}
