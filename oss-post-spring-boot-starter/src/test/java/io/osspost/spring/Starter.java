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

/** Application contexts with only the starter, for its tests. */
public final class Starter {
  /** A secret that must not appear anywhere. */
  public static final String SECRET = "topsecret-0123456789";

  private Starter() {}

  /** Properties of a key that signs, in place of the environment's. */
  public static String[] key() {
    return new String[] {
      "oss.post.credentials.type=static",
      "oss.post.credentials.access-key-id=LTAIid",
      "oss.post.credentials.access-key-secret=" + SECRET
    };
  }

  /** Properties of a bucket that receives no request. */
  public static String[] bucket() {
    return new String[] {"oss.post.bucket=examplebucket", "oss.post.region=cn-hangzhou"};
  }

  /** The same as an application configures them; anonymous callers may upload. */
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

  /** Returns a servlet application with key and bucket. */
  public static WebApplicationContextRunner servlet() {
    return configured(bare(new WebApplicationContextRunner()));
  }

  /** Returns a WebFlux application with key and bucket. */
  public static ReactiveWebApplicationContextRunner reactive() {
    return configured(bare(new ReactiveWebApplicationContextRunner()));
  }

  /** Returns an application without a web server, with key and bucket. */
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
