package io.osspost.examples.tenants;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Uploads of several tenants, each into a bucket of its own. The host of the page names the tenant:
 * {@code http://acme.localhost:8080/}.
 */
@SpringBootApplication
public class TenantsApplication {
  public static void main(String[] arguments) {
    application().run(arguments);
  }

  static SpringApplication application() {
    SpringApplication application = new SpringApplication(TenantsApplication.class);
    application.addInitializers(new EmulatedClouds());
    return application;
  }
}
