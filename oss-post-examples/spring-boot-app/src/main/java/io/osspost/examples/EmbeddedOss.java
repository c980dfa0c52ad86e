package io.osspost.examples;

import io.osspost.emulator.OssEmulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts an OSS inside this process when no bucket is configured, and sets the properties that a
 * real bucket would have. Says at start-up where uploads go.
 */
final class EmbeddedOss implements ApplicationContextInitializer<GenericApplicationContext> {
  private static final Logger LOG = LoggerFactory.getLogger(UploadApplication.class);
  private static final String ROLE = "acs:ram::1234567890123456:role/uploader";

  @Override
  public void initialize(GenericApplicationContext context) {
    if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
      return; // It is being built, not started.
    }
    ConfigurableEnvironment environment = context.getEnvironment();
    String bucket = environment.getProperty("oss.post.bucket");
    if (bucket == null) {
      start(context);
    } else {
      sayWhenReady(context, "Uploads go to OSS, into bucket " + bucket);
    }
  }

  private static void start(GenericApplicationContext context) {
    OssEmulator oss = OssEmulator.builder().stsPort(0).roleArn(ROLE).start();
    // A disposable bean, not a listener for the context's end: a start that fails has no such
    // event.
    context.getDefaultListableBeanFactory().registerDisposableBean("embeddedOss", oss::close);
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("embedded OSS", properties(oss, context.getEnvironment())));
    sayWhenReady(
        context,
        "No bucket is configured: uploads go to an emulated OSS at "
            + oss.endpoint()
            + ", in this process, and are deleted when it stops.\n"
            + "  For real OSS set OSS_POST_BUCKET, OSS_POST_REGION, OSS_ACCESS_KEY_ID and"
            + " OSS_ACCESS_KEY_SECRET");
  }

  private static Map<String, Object> properties(OssEmulator oss, Environment environment) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("oss.post.bucket", oss.bucket());
    properties.put("oss.post.region", oss.region());
    properties.put("oss.post.endpoint", oss.endpoint().toString());
    properties.put("oss.post.credentials.type", "static");
    properties.put("oss.post.credentials.access-key-id", oss.accessKeyId());
    properties.put("oss.post.credentials.access-key-secret", oss.accessKeySecret());

    properties.put("oss.post.token.role-arn", ROLE);
    properties.put("oss.post.credentials.sts-endpoint", oss.stsEndpoint().toString());
    properties.put("oss.post.profiles.large.grants", "token");
    properties.put("oss.post.profiles.large.dir", "uploads/large/");
    properties.put("oss.post.profiles.large.multipart", "true");

    if (!environment.containsProperty("oss.post.callback.url")) {
      // OSS must know the port before the server has one: 0 becomes a free one here.
      int port = environment.getProperty("server.port", Integer.class, 8080);
      port = port == 0 ? freePort() : port;
      properties.put("server.port", port);
      properties.put(
          "oss.post.callback.url",
          "http://127.0.0.1:" + port + path(environment) + "/oss_upload_callback");
    }
    properties.put("oss.post.callback.public-key", oss.callbackPublicKeyPem());
    return properties;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No port is free on this machine. Close something.", e);
    }
  }

  private static void sayWhenReady(GenericApplicationContext context, String where) {
    ApplicationListener<ApplicationReadyEvent> say =
        ready ->
            LOG.info(
                "\n\n  {}\n  Open http://localhost:{}{}/\n",
                where,
                context.getEnvironment().getProperty("local.server.port"),
                path(context.getEnvironment()));
    context.addApplicationListener(say);
  }

  /** What stands before every path: the property's name depends on the kind of server. */
  private static String path(Environment environment) {
    return environment.getProperty("server.servlet.context-path", "")
        + environment.getProperty("spring.webflux.base-path", "");
  }
}
