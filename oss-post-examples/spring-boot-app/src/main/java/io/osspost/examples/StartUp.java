package io.osspost.examples;

import io.osspost.emulator.OssEmulator;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Logs the target of uploads when they are possible. Without a bucket that is the starter's
 * emulator, which has a role: then there is also the profile whose tokens the page's way "SDK"
 * requests.
 */
final class StartUp implements ApplicationContextInitializer<GenericApplicationContext> {
  private static final Logger LOG = LoggerFactory.getLogger(UploadApplication.class);

  @Override
  public void initialize(GenericApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("uploads", defaults(environment)));
    ApplicationListener<ApplicationReadyEvent> say =
        ready ->
            LOG.info(
                "\n\n  {}\n  Open http://localhost:{}{}/\n",
                where(context),
                environment.getProperty("local.server.port"),
                basePath(environment));
    context.addApplicationListener(say);
  }

  private static Map<String, Object> defaults(Environment environment) {
    Map<String, Object> defaults = new HashMap<>(grants(environment));
    if (!environment.containsProperty("spring.datasource.url")) {
      // The database is in this process, so no other process verifies its tickets.
      defaults.put("oss.post.callback.ticket-secret", UUID.randomUUID().toString());
    }
    return defaults;
  }

  /**
   * With an emulator the page shows all its ways. With a real bucket this application, which has no
   * login, grants forms and uploads in parts, and answers only this machine.
   */
  private static Map<String, Object> grants(Environment environment) {
    if (!environment.containsProperty("oss.post.bucket")) {
      return Map.of(
          "oss.post.profiles.default.grants", "post,put,multipart",
          "oss.post.profiles.large.grants", "token",
          "oss.post.profiles.large.dir", "uploads/large/",
          "oss.post.profiles.large.token-multipart", "true",
          "oss.post.profiles.large.callback", "false");
    }
    URI endpoint = URI.create(environment.getProperty("oss.post.endpoint", ""));
    return Audience.isLoopback(String.valueOf(endpoint.getHost()))
        ? Map.of("oss.post.profiles.default.grants", "post,put,multipart")
        : Map.of(
            "oss.post.profiles.default.grants", "post,multipart", "server.address", "127.0.0.1");
  }

  private static String where(GenericApplicationContext context) {
    OssEmulator oss = context.getBeanProvider(OssEmulator.class).getIfAvailable();
    return oss == null
        ? "Uploads go to OSS, into bucket "
            + context.getEnvironment().getProperty("oss.post.bucket")
            + ".\n  This application has no login: it listens at "
            + context.getEnvironment().getProperty("server.address", "all addresses")
        : "No bucket is configured: uploads go to an emulated OSS at "
            + oss.endpoint()
            + ", in this process, and are deleted when it stops.\n"
            + "  For real OSS set OSS_POST_BUCKET, OSS_POST_REGION, OSS_ACCESS_KEY_ID and"
            + " OSS_ACCESS_KEY_SECRET";
  }

  /** Returns the prefix of every path. The property's name depends on the kind of server. */
  private static String basePath(Environment environment) {
    return environment.getProperty("server.servlet.context-path", "")
        + environment.getProperty("spring.webflux.base-path", "");
  }
}
