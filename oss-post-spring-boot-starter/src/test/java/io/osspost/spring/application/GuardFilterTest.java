package io.osspost.spring.application;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.server.WebFilter;

/** An application with its own guard filter without an order, as most are written. */
class GuardFilterTest {
  private static final String FORM = "/get_post_signature_for_oss_upload?format=form";

  @Test
  void aServletFilterOfYoursGuardsTheEndpointsToo() throws Exception {
    isGuarded(WebApplicationType.SERVLET, ServletApplication.class);
  }

  @Test
  void aWebFilterOfYoursGuardsTheEndpointsToo() throws Exception {
    isGuarded(WebApplicationType.REACTIVE, WebFluxApplication.class);
  }

  private static void isGuarded(WebApplicationType stack, Class<?> configuration) throws Exception {
    try (ConfigurableApplicationContext application =
        new SpringApplicationBuilder(configuration)
            .web(stack)
            .properties(
                "server.port=0",
                "oss.post.emulator.enabled=true",
                "oss.post.profiles.default.formats=form",
                "oss.post.allow-anonymous=true")
            .run()) {
      Browser browser =
          new Browser(
              "http://localhost:" + application.getEnvironment().getProperty("local.server.port"));
      assertThat(browser.get(FORM).statusCode()).isEqualTo(401);
      assertThat(browser.get(FORM, "Authorization", "let me in").statusCode()).isEqualTo(200);
    }
  }

  /** Spring Security lets every request pass, the filter does not. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class ServletApplication {
    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll()).build();
    }

    @Bean
    Filter guard() {
      return (request, response, chain) -> {
        if (((HttpServletRequest) request).getHeader("Authorization") == null) {
          ((HttpServletResponse) response).sendError(401);
        } else {
          chain.doFilter(request, response);
        }
      };
    }
  }

  /** The same on WebFlux. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class WebFluxApplication {
    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
      return http.authorizeExchange(exchanges -> exchanges.anyExchange().permitAll()).build();
    }

    @Bean
    WebFilter guard() {
      return (exchange, chain) -> {
        if (exchange.getRequest().getHeaders().getFirst("Authorization") != null) {
          return chain.filter(exchange);
        }
        exchange.getResponse().setStatusCode(HttpStatus.UNAUTHORIZED);
        return exchange.getResponse().setComplete();
      };
    }
  }
}
