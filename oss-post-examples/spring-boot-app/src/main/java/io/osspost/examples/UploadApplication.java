package io.osspost.examples;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The whole application: the starter adds the endpoints, and {@code static/} contains the page.
 * Without a bucket it runs on the starter's emulator.
 */
@SpringBootApplication
public class UploadApplication {
  public static void main(String[] arguments) {
    SpringApplication application = new SpringApplication(UploadApplication.class);
    application.addInitializers(new StartUp());
    application.run(arguments);
  }
}
