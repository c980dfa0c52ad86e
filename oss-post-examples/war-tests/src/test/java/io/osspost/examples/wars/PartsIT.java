package io.osspost.examples.wars;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.testsupport.PackagedProgram;
import io.osspost.testsupport.PartsByHttp;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Uploads in parts with both WARs: servlet-war on Tomcat 11, and legacy-war on Tomcat 9. */
class PartsIT {
  private static final byte[] CONTENT = new byte[250_000];

  static {
    new Random(3).nextBytes(CONTENT);
  }

  @Test
  void loggedInUserUploadsInParts() throws Exception {
    try (PackagedProgram war =
        PackagedWar.start("servlet-war", 0, Map.of("OSS_POST_MULTIPART_PART_SIZE", "100KB"))) {
      PartsByHttp parts =
          new PartsByHttp(
              loggedIn(war, "j_security_check", "j_username=alice&j_password=alice"),
              war.page(),
              "default");
      String key = parts.upload("a.png", CONTENT);
      assertThat(key).startsWith("users/alice/");
      assertThat(PackagedWar.stored(war).read(key)).isEqualTo(CONTENT);
      parts.refusals();
    }
  }

  @Test
  void oldContainerUploadsInParts() throws Exception {
    Map<String, String> large =
        Map.of(
            "OSS_POST_MULTIPART_PART_SIZE", "100KB",
            "OSS_POST_PROFILES_LARGE_GRANTS", "multipart",
            "OSS_POST_PROFILES_LARGE_MAX_SIZE", "10GB");
    try (PackagedProgram war = PackagedWar.start("legacy-war", 0, large)) {
      PartsByHttp parts =
          new PartsByHttp(loggedIn(war, "login", "name=alice&password=alice"), war.page(), "large");
      String key = parts.upload("a.png", CONTENT);
      assertThat(PackagedWar.stored(war).read(key)).isEqualTo(CONTENT);
      parts.refusals();
    }
  }

  private static HttpClient loggedIn(PackagedProgram war, String path, String form)
      throws Exception {
    HttpClient http =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(Redirect.NORMAL)
            .build();
    URI page = URI.create(war.page());
    http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding());
    HttpRequest login =
        HttpRequest.newBuilder(page.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    http.send(login, BodyHandlers.discarding());
    return http;
  }
}
