package io.osspost.spring.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Looks for secrets in every endpoint of an application that is configured to hide nothing. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTest {
  private static final String KEY = "canary-key-7Hq2";
  private static final String TOKEN = "canary-token-9Xw4";
  private static final String TICKET = "canary-ticket-3Lm8-of-32-characters";
  private static final List<String> SHOWN_TO_NOBODY = List.of(KEY, TOKEN, TICKET);

  @Test
  void actuatorAndTraceLogsHoldNone(CapturedOutput output) throws Exception {
    try (ConfigurableApplicationContext application =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.SERVLET)
            .properties(
                "server.port=0",
                "logging.level.root=TRACE",
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.env.show-values=always",
                "management.endpoint.configprops.show-values=always",
                "management.endpoint.health.show-details=always",
                "management.health.redis.enabled=false",
                "oss.post.bucket=examplebucket",
                "oss.post.region=cn-hangzhou",
                "oss.post.allow-anonymous=true",
                "oss.post.callback.url=https://app.example.com/oss_upload_callback",
                "oss.post.callback.ticket-secret=" + TICKET,
                "oss.post.credentials.type=static",
                "oss.post.credentials.access-key-id=canary-id",
                "where.the.key.is=" + KEY,
                "oss.post.credentials.access-key-secret=${where.the.key.is}")
            .run("--oss.post.credentials.security-token=" + TOKEN)) {
      Browser browser =
          new Browser(
              "http://localhost:" + application.getEnvironment().getProperty("local.server.port"));
      for (String path : List.of("env", "configprops", "beans", "ossupload", "health")) {
        assertThat(browser.get("/actuator/" + path).statusCode()).as(path).isEqualTo(200);
      }
      assertThat(browser.get("/actuator/configprops").body()).contains("canary-id");
      assertThat(browser.get("/actuator/health").body()).contains("\"ossPost\":{\"");
      for (String url : actuatorUrls(browser)) {
        assertThat(browser.get(url).body()).as(url).doesNotContain(SHOWN_TO_NOBODY);
      }
      HttpResponse<String> grant =
          browser.get("/get_post_signature_for_oss_upload?format=form&filename=a.png");
      assertThat(grant.body()).contains(TOKEN).doesNotContain(KEY, TICKET);
      browser.get("/get_post_signature_for_oss_upload?profile=none");
      browser.get("/get_presigned_url_for_oss_upload?filename=a.png");
    }
    assertThat(output.getAll()).contains("TRACE").doesNotContain(SHOWN_TO_NOBODY);
  }

  /** All endpoints except the dump of the heap, which must contain secrets. */
  private static List<String> actuatorUrls(Browser browser) throws Exception {
    Map<?, ?> links =
        (Map<?, ?>)
            JsonParserFactory.getJsonParser()
                .parseMap(browser.get("/actuator").body())
                .get("_links");
    return links.values().stream()
        .map(link -> ((Map<?, ?>) link).get("href").toString())
        .filter(url -> url.indexOf('{') < 0 && !url.endsWith("/heapdump"))
        .map(url -> url.replaceFirst("https?://[^/]+", ""))
        .toList();
  }

  /** Allows every request. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll()).build();
    }
  }
}
