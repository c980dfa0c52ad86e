package io.osspost.examples;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The whole application: the starter brings the endpoint, {@code static/} holds the page. Without a
 * bucket it runs on the starter's emulator.
 */
@SpringBootApplication
public class UploadApplication {
  public static void main(String[] arguments) {
    SpringApplication application = new SpringApplication(UploadApplication.class);
    application.addInitializers(new StartUp());
    application.run(arguments);
  }
}
