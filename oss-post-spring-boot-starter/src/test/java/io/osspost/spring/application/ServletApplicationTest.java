package io.osspost.spring.application;

import static org.springframework.security.config.Customizer.withDefaults;

import java.security.Principal;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Runs on Spring MVC and Tomcat. */
class ServletApplicationTest extends SecuredApplicationContract {
  @Override
  WebApplicationType stack() {
    return WebApplicationType.SERVLET;
  }

  @Override
  Class<?> configuration() {
    return Application.class;
  }

  @Override
  String contextPathProperty() {
    return "server.servlet.context-path";
  }

  /**
   * Rules of a typical application: callbacks are verified by their signature, Security protects
   * the rest.
   */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(Hello.class)
  static class Application {
    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(
              requests ->
                  requests
                      .requestMatchers(HttpMethod.OPTIONS, "/get_*_for_oss_upload")
                      .permitAll()
                      .requestMatchers(HttpMethod.OPTIONS)
                      .authenticated()
                      .requestMatchers("/hello")
                      .authenticated()
                      .anyRequest()
                      .permitAll())
          .csrf(
              csrf ->
                  csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
                      .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                      .ignoringRequestMatchers("/oss_upload_callback"))
          .httpBasic(withDefaults())
          .build();
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername("alice")
              .password("{noop}password")
              .authorities("ROLE_EDITOR", "SCOPE_upload")
              .build(),
          User.withUsername("bob").password("{noop}password").authorities("ROLE_USER").build());
    }
  }

  /** The application's other endpoint. */
  @RestController
  static class Hello {
    @GetMapping("/hello")
    String hello(Principal principal) {
      return "hello " + principal.getName();
    }
  }
}
