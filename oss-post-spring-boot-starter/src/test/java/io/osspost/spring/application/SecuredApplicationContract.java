package io.osspost.spring.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import io.osspost.emulator.OssEmulator;
import io.osspost.web.GrantEvent;
import io.osspost.web.UploadEndpoints;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * The behaviour of a running application with Spring Security, below a context path, with the
 * emulator, on both web stacks. Alice is an editor, Bob has no role.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
abstract class SecuredApplicationContract {
  private static final String FORM = "/get_post_signature_for_oss_upload";
  private static final String PAGE = "https://www.example.com";
  private static final String[] CSRF = {"Cookie", "XSRF-TOKEN=abc", "X-XSRF-TOKEN", "abc"};

  private ConfigurableApplicationContext application;
  private Browser browser;

  abstract WebApplicationType stack();

  abstract Class<?> configuration();

  abstract String contextPathProperty();

  @BeforeAll
  void start() {
    application =
        new SpringApplicationBuilder(configuration(), Heard.class)
            .web(stack())
            .properties(
                "server.port=0",
                contextPathProperty() + "=/app",
                "spring.main.banner-mode=off",
                "oss.post.emulator.enabled=true",
                "oss.post.cors.allowed-origins=" + PAGE,
                "oss.post.profiles.default.formats=form",
                "oss.post.profiles.editors.roles=EDITOR",
                "oss.post.profiles.scoped.roles=SCOPE_upload",
                "oss.post.profiles.admins.roles=ADMIN",
                "oss.post.profiles.videos.grants=multipart",
                "oss.post.profiles.videos.max-size=10GB")
            .run();
    browser =
        new Browser(
            "http://localhost:"
                + application.getEnvironment().getProperty("local.server.port")
                + "/app");
  }

  @AfterAll
  void stop() {
    application.close();
  }

  @Test
  void theseTestsRunOnTheBootTheyAreMeantFor() {
    assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("expected-boot"));
  }

  @Test
  void whoeverIsLoggedInGetsADirectoryOfTheirOwn() throws Exception {
    HttpResponse<String> grant = browser.get(FORM + "?filename=a.png", Browser.as("alice"));
    assertThat(grant.statusCode()).isEqualTo(200);
    assertThat(grant.body()).contains("\"key\":\"uploads/alice/");
    assertThat(grant.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(grant.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(browser.get(FORM, Browser.as("bob")).body()).contains("uploads/bob/");
  }

  @Test
  void anonymousVisitorIsRejected() throws Exception {
    HttpResponse<String> refused = browser.get(FORM);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(401);
    assertThat(refused.body()).contains("\"code\":\"not-authenticated\"");
  }

  @RepeatedTest(20)
  void requestAfterATooLargeCallbackIsAnswered(CapturedOutput output) throws Exception {
    String body = "x".repeat(1 << 20);
    browser.post("/oss_upload_callback", "application/json", body);
    assertThat(browser.get(FORM).statusCode()).isEqualTo(401);
    assertThat(output).doesNotContain("onErrorDropped");
  }

  @Test
  void preflightPassesIfSecurityAllowsIt() throws Exception {
    String[] asked = {
      "Origin", PAGE,
      "Access-Control-Request-Method", "GET",
      "Access-Control-Request-Headers", "authorization"
    };
    HttpResponse<String> allowed = browser.options(FORM, asked);
    assertThat(allowed.statusCode()).isBetween(200, 299);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains(PAGE);
    assertThat(browser.options("/hello", asked).statusCode()).isEqualTo(401);
  }

  @Test
  void rolesAreAuthoritiesWithOrWithoutPrefix() throws Exception {
    assertThat(status("editors", "alice")).isEqualTo(200);
    assertThat(status("scoped", "alice")).isEqualTo(200);
    assertThat(status("admins", "alice")).isEqualTo(403);
    assertThat(status("editors", "bob")).isEqualTo(403);
    assertThat(status("scoped", "bob")).isEqualTo(403);
  }

  @Test
  void aPostFollowsTheApplicationsCsrfRules() throws Exception {
    HttpResponse<String> refused =
        browser.postForm(FORM, Map.of("filename", "a.png"), Browser.as("alice"));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).doesNotContain("\"code\"");
    HttpResponse<String> granted =
        browser.postForm(FORM, Map.of("filename", "a.png"), with(CSRF, Browser.as("alice")));
    assertThat(granted.statusCode()).isEqualTo(200);
    assertThat(granted.body()).contains(".png\"");
  }

  @Test
  void formIsReadAfterSpringSecurity() throws Exception {
    HttpResponse<String> granted =
        browser.postForm(
            FORM,
            Map.of("_csrf", "abc", "filename", "größe 50%.png", "type", "image/png"),
            with(new String[] {"Cookie", "XSRF-TOKEN=abc"}, Browser.as("alice")));
    assertThat(granted.statusCode()).isEqualTo(200);
    assertThat(granted.body()).contains(".png\"");
  }

  @Test
  void aParameterInQueryAndFormIsTwoParameters() throws Exception {
    HttpResponse<String> refused =
        browser.postForm(
            FORM + "?filename=a.png", Map.of("filename", "b.png"), with(CSRF, Browser.as("alice")));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("'filename' was sent more than once");
  }

  @Test
  void whatIsNoFormIsRefused() throws Exception {
    HttpResponse<String> refused =
        browser.post(FORM, "application/json", "{}", with(CSRF, Browser.as("alice")));
    assertThat(refused.statusCode()).isEqualTo(415);
    assertThat(refused.body()).contains("\"code\":\"unsupported-media-type\"");
  }

  @Test
  void uploadIsStoredAndReported() throws Exception {
    Heard heard = application.getBean(Heard.class);
    String grant = browser.get(FORM + "?filename=a.png", Browser.as("alice")).body();
    HttpResponse<String> stored = Browser.upload(grant, new byte[] {1, 2, 3});
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    UploadedObject uploaded = heard.uploads.poll(5, TimeUnit.SECONDS);
    assertThat(uploaded).isNotNull();
    assertThat(uploaded.caller()).hasToString("alice");
    assertThat(uploaded.size()).isEqualTo(3);
    assertThat(application.getBean(Linking.class).links)
        .anySatisfy(link -> assertThat(link).contains(uploaded.key().value()));
    assertThat(application.getBean(OssEmulator.class).keys()).contains(uploaded.key().value());
    assertThat(heard.grants)
        .extracting(GrantEvent::object)
        .contains(Optional.of(uploaded.key().value()));
  }

  @Test
  void aForgedCallbackReachesTheEndpointAndIsRefusedThere() throws Exception {
    HttpResponse<String> refused =
        browser.post("/oss_upload_callback", "application/json", "{\"bucket\":\"b\"}");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void aCallbackThatIsTooLargeIsRefusedAndNotRead() throws Exception {
    HttpResponse<String> refused =
        browser.post("/oss_upload_callback", "application/json", "x".repeat(1 << 20));
    assertThat(refused.statusCode()).isBetween(400, 499);
  }

  @Test
  void otherPathsAreTheApplicationsOwn() throws Exception {
    assertThat(browser.get("/hello", Browser.as("alice")).body()).isEqualTo("hello alice");
    assertThat(browser.get(FORM + "/more", Browser.as("alice")).statusCode()).isEqualTo(404);
    assertThat(
            browser.get("/get_post_signature_for_oss%5Fupload", Browser.as("alice")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void theBrowserModuleIsServed() throws Exception {
    assertThat(browser.get("/oss-post/oss-post.js").body())
        .contains("export async function upload");
  }

  private int status(String profile, String user) throws Exception {
    return browser.get(FORM + "?profile=" + profile, Browser.as(user)).statusCode();
  }

  @Test
  void uploadInPartsIsCompletedByThisServer() throws Exception {
    Heard heard = application.getBean(Heard.class);
    String steps = "/oss_multipart_upload/";
    String[] alice = with(CSRF, Browser.as("alice"));
    Map<String, String> file =
        Map.of("profile", "videos", "filename", "a.mp4", "size", "3", "type", "video/mp4");
    HttpResponse<String> started = browser.postForm(steps + "start", file, alice);
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
    Map<String, Object> upload = JsonParserFactory.getJsonParser().parseMap(started.body());
    Map<?, ?> part = (Map<?, ?>) ((List<?>) upload.get("urls")).get(0);
    assertThat(Browser.put((String) part.get("url"), new byte[] {1, 2, 3}).statusCode())
        .isEqualTo(200);
    Map<String, String> ticket = Map.of("ticket", (String) upload.get("ticket"));

    HttpResponse<String> foreign =
        browser.postForm(steps + "complete", ticket, with(CSRF, Browser.as("bob")));
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(foreign.body()).contains("\"code\":\"ticket-of-another-caller\"");
    assertThat(browser.postForm(steps + "complete", ticket, alice).body())
        .contains("\"size\":3", "\"type\":\"video/mp4\"");

    UploadedObject uploaded = heard.uploads.poll(5, TimeUnit.SECONDS);
    assertThat(uploaded).isNotNull();
    assertThat(uploaded.key().value()).isEqualTo(upload.get("key"));
    assertThat(browser.postForm(steps + "complete", ticket, alice).statusCode()).isEqualTo(200);
    assertThat(heard.uploads.poll(300, TimeUnit.MILLISECONDS)).as("one event").isNull();
    assertThat(browser.postForm(steps + "abort", ticket, alice).statusCode()).isEqualTo(409);
  }

  private static String[] with(String[] some, String[] more) {
    return Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new);
  }

  /** The uploads that the application received. */
  @Configuration(proxyBeanMethods = false)
  static class Heard {
    final BlockingQueue<UploadedObject> uploads = new LinkedBlockingQueue<>();
    final BlockingQueue<GrantEvent> grants = new LinkedBlockingQueue<>();

    @Bean
    Linking linking(UploadEndpoints endpoints) {
      return new Linking(endpoints);
    }

    @EventListener
    void hear(UploadedObject uploaded) {
      uploads.add(uploaded);
    }

    @EventListener
    void hear(GrantEvent grant) {
      grants.add(grant);
    }
  }

  /** A listener that depends on the endpoints. */
  static final class Linking implements UploadListener {
    final BlockingQueue<String> links = new LinkedBlockingQueue<>();
    private final UploadEndpoints endpoints;

    Linking(UploadEndpoints endpoints) {
      this.endpoints = endpoints;
    }

    @Override
    public void uploaded(UploadedObject uploaded) {
      links.add(endpoints.paths() + " " + uploaded.key().value());
    }
  }
}
