package io.osspost.examples;

import io.osspost.credentials.TokenVendor;
import io.osspost.emulator.OssEmulator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The application in this process, with an emulator of the test. */
record RunningApplication(ConfigurableApplicationContext context) implements AutoCloseable {

  static RunningApplication start(
      OssEmulator oss, String id, String secret, String token, String... properties) {
    return start(null, oss, id, secret, token, properties);
  }

  /** Starts the same with an STS for security tokens. */
  static RunningApplication vending(TokenVendor vendor, OssEmulator oss, String... properties) {
    return start(vendor, oss, oss.accessKeyId(), oss.accessKeySecret(), "", properties);
  }

  private static RunningApplication start(
      @Nullable TokenVendor vendor,
      OssEmulator oss,
      String id,
      String secret,
      String token,
      String... properties) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--server.port=0");
    arguments.add("--oss.post.store.type="); // Recorded grants need headers of pages.
    arguments.add("--oss.post.bucket=" + oss.bucket());
    arguments.add("--oss.post.region=" + oss.region());
    arguments.add("--oss.post.endpoint=" + oss.endpoint());
    arguments.add("--oss.post.credentials.type=static");
    arguments.add("--oss.post.credentials.access-key-id=" + id);
    arguments.add("--oss.post.credentials.access-key-secret=" + secret);
    arguments.add("--oss.post.credentials.security-token=" + token);
    Stream.of(properties).map(property -> "--" + property).forEach(arguments::add);
    return new RunningApplication(
        new SpringApplicationBuilder(UploadApplication.class)
            .initializers(
                (GenericApplicationContext context) -> {
                  if (vendor != null) {
                    context.registerBean(TokenVendor.class, () -> vendor);
                  }
                })
            .run(arguments.toArray(String[]::new)));
  }

  String url(String page) {
    return "http://localhost:"
        + context.getEnvironment().getProperty("local.server.port")
        + "/"
        + page;
  }

  @Override
  public void close() {
    context.close();
  }
}
