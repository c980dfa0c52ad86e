package io.osspost.examples;

import io.osspost.emulator.OssEmulator;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts an OSS inside this process when no bucket is configured, and sets the properties that a
 * real bucket would have. Says at start-up where uploads go.
 */
final class EmbeddedOss implements ApplicationContextInitializer<GenericApplicationContext> {
  private static final Logger LOG = LoggerFactory.getLogger(UploadApplication.class);

  @Override
  public void initialize(GenericApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    String bucket = environment.getProperty("oss.post.bucket");
    if (bucket == null) {
      start(context);
    } else {
      sayWhenReady(context, "Uploads go to OSS, into bucket " + bucket);
    }
  }

  private static void start(GenericApplicationContext context) {
    OssEmulator oss = OssEmulator.start();
    // A disposable bean, not a listener for the context's end: a start that fails has no such
    // event.
    context.getDefaultListableBeanFactory().registerDisposableBean("embeddedOss", oss::close);
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "embedded OSS",
                Map.of(
                    "oss.post.bucket", oss.bucket(),
                    "oss.post.region", oss.region(),
                    "oss.post.endpoint", oss.endpoint().toString(),
                    "oss.post.credentials.type", "static",
                    "oss.post.credentials.access-key-id", oss.accessKeyId(),
                    "oss.post.credentials.access-key-secret", oss.accessKeySecret())));
    sayWhenReady(
        context,
        "No bucket is configured: uploads go to an emulated OSS at "
            + oss.endpoint()
            + ", in this process, and are deleted when it stops.\n"
            + "  For real OSS set OSS_POST_BUCKET, OSS_POST_REGION, OSS_ACCESS_KEY_ID and"
            + " OSS_ACCESS_KEY_SECRET");
  }

  private static void sayWhenReady(GenericApplicationContext context, String where) {
    ApplicationListener<ApplicationReadyEvent> say =
        ready ->
            LOG.info(
                "\n\n  {}\n  Open http://localhost:{}/\n",
                where,
                context.getEnvironment().getProperty("local.server.port"));
    context.addApplicationListener(say);
  }
}
