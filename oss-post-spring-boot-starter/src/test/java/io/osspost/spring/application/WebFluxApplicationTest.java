package io.osspost.spring.application;

import static org.springframework.security.config.Customizer.withDefaults;

import java.security.Principal;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.CsrfWebFilter;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.server.util.matcher.AndServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Runs on WebFlux and Netty, or on the reactive server of the class path. */
class WebFluxApplicationTest extends SecuredApplicationContract {
  @Override
  WebApplicationType stack() {
    return WebApplicationType.REACTIVE;
  }

  @Override
  Class<?> configuration() {
    return Application.class;
  }

  @Override
  String contextPathProperty() {
    return "spring.webflux.base-path";
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
    SecurityWebFilterChain security(ServerHttpSecurity http) {
      return http.authorizeExchange(
              exchanges ->
                  exchanges
                      .pathMatchers(HttpMethod.OPTIONS, "/get_*_for_oss_upload")
                      .permitAll()
                      .pathMatchers(HttpMethod.OPTIONS)
                      .authenticated()
                      .pathMatchers("/hello")
                      .authenticated()
                      .anyExchange()
                      .permitAll())
          .csrf(
              csrf ->
                  csrf.csrfTokenRepository(CookieServerCsrfTokenRepository.withHttpOnlyFalse())
                      .csrfTokenRequestHandler(new ServerCsrfTokenRequestAttributeHandler())
                      .requireCsrfProtectionMatcher(
                          new AndServerWebExchangeMatcher(
                              CsrfWebFilter.DEFAULT_CSRF_MATCHER,
                              new NegatedServerWebExchangeMatcher(
                                  ServerWebExchangeMatchers.pathMatchers(
                                      HttpMethod.POST, "/oss_upload_callback")))))
          .httpBasic(withDefaults())
          .build();
    }

    @Bean
    MapReactiveUserDetailsService users() {
      return new MapReactiveUserDetailsService(
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
