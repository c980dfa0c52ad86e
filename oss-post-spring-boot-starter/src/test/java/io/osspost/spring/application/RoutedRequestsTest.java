package io.osspost.spring.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** Requests that a proxy, a filter or a controller of the application changes on their way. */
@ExtendWith(OutputCaptureExtension.class)
class RoutedRequestsTest {
  private static final String FORM = "/get_post_signature_for_oss_upload";

  private static ConfigurableApplicationContext application;
  private static Browser browser;

  @BeforeAll
  static void start() {
    application =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.SERVLET)
            .properties(
                "server.port=0",
                "server.forward-headers-strategy=framework",
                "oss.post.emulator.enabled=true",
                "oss.post.cors.allowed-origins=https://www.example.com",
                "oss.post.profiles.default.max-size=1MB",
                "oss.post.profiles.reports.roles=EDITOR")
            .run();
    browser =
        new Browser(
            "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port"));
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/old", "/later", FORM + "/"})
  void changedPathIsAnswered(String path) throws Exception {
    HttpResponse<String> answer = browser.get(path + "?filename=a.png", Browser.as("alice"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("uploads/alice/");
  }

  @Test
  void hierarchyOfRolesOpensProfiles() throws Exception {
    String reports = FORM + "?profile=reports";
    assertThat(browser.get(reports, Browser.as("admin")).statusCode()).isEqualTo(200);
    assertThat(browser.get(reports, Browser.as("alice")).statusCode()).isEqualTo(403);
  }

  @Test
  void ownPageBehindAProxyPostsItsForm() throws Exception {
    assertThat(
            post("Origin", "http://www.shop.example", "X-Forwarded-Host", "www.shop.example")
                .statusCode())
        .isEqualTo(200);
    assertThat(post("Origin", "http://www.shop.example").statusCode()).isEqualTo(403);
  }

  @Test
  void preflightPassesTheConfigurationOfTheDocuments() throws Exception {
    HttpResponse<String> answer =
        browser.options(
            FORM, "Origin", "https://www.example.com", "Access-Control-Request-Method", "GET");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://www.example.com");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).contains("true");
  }

  @Test
  void listedForeignPageImportsTheModule() throws Exception {
    String[] alice = Browser.as("alice");
    HttpResponse<String> answer =
        browser.get(
            "/oss-post/oss-post.js", alice[0], alice[1], "Origin", "https://www.example.com");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://www.example.com");
  }

  @Test
  void methodThatTheEndpointsReplaceIsNamed(CapturedOutput output) {
    new SpringApplicationBuilder(Application.class, Tutorial.class)
        .web(WebApplicationType.SERVLET)
        .properties("server.port=0", "oss.post.emulator.enabled=true")
        .run()
        .close();
    assertThat(output)
        .containsOnlyOnce("$Tutorial.sign() is never called, because oss-post answers " + FORM)
        .doesNotContain("$OldAddress.");
  }

  @Test
  void methodBelowAnotherServletPathIsNotNamed(CapturedOutput output) {
    new SpringApplicationBuilder(Application.class, Tutorial.class)
        .web(WebApplicationType.SERVLET)
        .properties(
            "server.port=0", "oss.post.emulator.enabled=true", "spring.mvc.servlet.path=/api")
        .run()
        .close();
    assertThat(output).contains("Uploads go to").doesNotContain("is never called");
  }

  @Test
  void methodBelowThePrefixOfBothIsNamed(CapturedOutput output) {
    new SpringApplicationBuilder(Application.class, Tutorial.class)
        .web(WebApplicationType.SERVLET)
        .properties(
            "server.port=0",
            "oss.post.emulator.enabled=true",
            "oss.post.path-prefix=/api",
            "spring.mvc.servlet.path=/api")
        .run()
        .close();
    assertThat(output).containsOnlyOnce("is never called, because oss-post answers /api" + FORM);
  }

  private static HttpResponse<String> post(String... headers) throws Exception {
    String[] alice = Browser.as("alice");
    String[] all = new String[headers.length + alice.length];
    System.arraycopy(headers, 0, all, 0, headers.length);
    System.arraycopy(alice, 0, all, headers.length, alice.length);
    return browser.post(FORM, "application/x-www-form-urlencoded", "filename=a.png", all);
  }

  /** An application with login, CORS and roles that include each other. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(OldAddress.class)
  static class Application {
    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .cors(withDefaults())
          .csrf(csrf -> csrf.disable())
          .httpBasic(withDefaults())
          .build();
    }

    @Bean
    CorsConfigurationSource corsConfigurationSource() {
      CorsConfiguration pages = new CorsConfiguration();
      pages.setAllowedOrigins(List.of("https://www.example.com"));
      pages.setAllowedMethods(List.of("GET", "POST"));
      pages.setAllowedHeaders(List.of("*"));
      pages.setAllowCredentials(true);
      UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
      source.registerCorsConfiguration("/get_*_for_oss_upload", pages);
      return source;
    }

    @Bean
    static RoleHierarchy roles() {
      return RoleHierarchyImpl.fromHierarchy("ROLE_ADMIN > ROLE_EDITOR");
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername("alice").password("{noop}password").roles("USER").build(),
          User.withUsername("admin").password("{noop}password").roles("ADMIN").build());
    }

    @Bean
    FilterRegistrationBean<WithoutFinalSlash> withoutFinalSlash() {
      FilterRegistrationBean<WithoutFinalSlash> registration =
          new FilterRegistrationBean<>(new WithoutFinalSlash());
      registration.setOrder(Ordered.LOWEST_PRECEDENCE - 10);
      return registration;
    }
  }

  /** Hides a final slash, as Spring's UrlHandlerFilter does. */
  static final class WithoutFinalSlash extends HttpFilter {
    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      String path = request.getServletPath();
      chain.doFilter(
          path.length() > 1 && path.endsWith("/")
              ? new HttpServletRequestWrapper(request) {
                @Override
                public String getServletPath() {
                  return path.substring(0, path.length() - 1);
                }
              }
              : request,
          response);
    }
  }

  /** The method of a tutorial, on the path of the endpoints. */
  @Controller
  static class Tutorial {
    @GetMapping(FORM)
    String sign() {
      return "signed";
    }
  }

  /** An address that pages used before. */
  @Controller
  static class OldAddress {
    @GetMapping("/old")
    String old() {
      return "forward:" + FORM;
    }

    @GetMapping("/later")
    void later(HttpServletRequest request, HttpServletResponse response) {
      request.startAsync(request, response).dispatch(FORM);
    }
  }
}
