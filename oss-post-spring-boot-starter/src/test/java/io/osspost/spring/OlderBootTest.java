package io.osspost.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A whole application on the older Boot; the example runs on the newer. */
class OlderBootTest {
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  @Test
  void anApplicationOnBoot35AnswersWithAGrantAndServesTheBrowserModule() throws Exception {
    assertThat(SpringBootVersion.getVersion()).startsWith("3.5.");
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Application.class)
            .properties(
                "server.port=0",
                "oss.post.bucket=examplebucket",
                "oss.post.region=cn-hangzhou",
                "oss.post.allow-anonymous=true",
                "oss.post.credentials.type=static",
                "oss.post.credentials.access-key-id=LTAIid",
                "oss.post.credentials.access-key-secret=secret")
            .run()) {
      String base = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
      HttpResponse<String> grant =
          get(base + "/get_post_signature_for_oss_upload?format=form&filename=a.png");
      assertThat(grant.statusCode()).isEqualTo(200);
      assertThat(grant.body()).contains("\"key\":\"uploads/");
      assertThat(get(base + "/oss-post/oss-post.js").body())
          .contains("export async function upload");
    }
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }
}
