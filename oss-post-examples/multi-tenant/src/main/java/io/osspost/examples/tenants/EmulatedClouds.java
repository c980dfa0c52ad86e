package io.osspost.examples.tenants;

import io.osspost.emulator.OssEmulator;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts an emulator with the buckets and key pairs of the tenants, which replaces their accounts
 * at Alibaba Cloud. The key pairs of {@code data.sql} are valid only there.
 */
final class EmulatedClouds implements ApplicationContextInitializer<GenericApplicationContext> {
  private static final Logger LOG = LoggerFactory.getLogger(TenantsApplication.class);

  @Override
  public void initialize(GenericApplicationContext context) {
    OssEmulator oss =
        OssEmulator.builder()
            .inMemory()
            .bucket("house-files")
            .bucket("acme-files")
            .bucket("globex-files")
            .bucket("initech-files")
            // Pages of all tenants, whose names are below localhost.
            .corsOrigin("http://*")
            .accessKey("LTAIhouse", "house-secret")
            .accessKey("LTAIacme", "acme-secret")
            .accessKey("LTAIglobex", "globex-secret")
            .accessKey("LTAIinitech", "initech-secret")
            .start();
    context.registerBean(OssEmulator.class, () -> oss);
    context
        .getEnvironment()
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "emulated-clouds",
                Map.of(
                    "oss.post.bucket", "house-files",
                    "oss.post.region", "cn-hangzhou",
                    "oss.post.endpoint", oss.endpoint().toString(),
                    "oss.post.credentials.type", "static",
                    "oss.post.credentials.access-key-id", "LTAIhouse",
                    "oss.post.credentials.access-key-secret", "house-secret",
                    // The rows name the emulator, whose address is private.
                    "oss.post.tenants.endpoints", oss.endpoint().toString())));
    ApplicationListener<ApplicationReadyEvent> say =
        ready ->
            LOG.info(
                "\n\n  Open http://acme.localhost:{}/ or http://globex.localhost:{}/\n",
                context.getEnvironment().getProperty("local.server.port"),
                context.getEnvironment().getProperty("local.server.port"));
    context.addApplicationListener(say);
  }
}
