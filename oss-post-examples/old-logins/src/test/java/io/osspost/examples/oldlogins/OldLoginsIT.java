package io.osspost.examples.oldlogins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of docs/old-wars.md: uploads for the users of each framework. */
class OldLoginsIT {
  private static final String FORM = "/get_post_signature_for_oss_upload?filename=a.png";
  private static final String REPORTS = FORM + "&profile=reports";

  @TempDir Path work;

  @Test
  void usersOfShiroUpload() throws Exception {
    try (OldWar war = new OldWar("shiro", work)) {
      assertThat(war.get(FORM, OldWar.basic("alice")).body()).contains("\"key\":\"uploads/alice/");
      assertThat(war.get(REPORTS, OldWar.basic("alice")).statusCode()).isEqualTo(200);
      assertThat(war.get(REPORTS, OldWar.basic("bob")).statusCode()).isEqualTo(403);
      assertThat(war.get(FORM).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void usersOfSpringSecurityUpload() throws Exception {
    try (OldWar war = new OldWar("spring-security", work)) {
      assertThat(war.get(FORM, OldWar.basic("alice")).body()).contains("\"key\":\"uploads/alice/");
      assertThat(war.get(REPORTS, OldWar.basic("alice")).statusCode()).isEqualTo(200);
      assertThat(war.get(REPORTS, OldWar.basic("bob")).statusCode()).isEqualTo(403);
      assertThat(war.get(FORM).statusCode()).isEqualTo(401);
      assertThat(war.get("/oss_upload_callback").statusCode()).isNotEqualTo(401);
    }
  }

  @Test
  void filterIsABeanBehindSpringsProxy() throws Exception {
    try (OldWar war = new OldWar("spring-security", work)) {
      assertThat(war.get("/bean" + FORM, OldWar.basic("alice")).body())
          .contains("\"key\":\"uploads/alice/");
    }
  }

  @Test
  void beanThatTheProxyDoesNotInitializeFailsWithTheFix() throws Exception {
    try (OldWar war = new OldWar("spring-security", work)) {
      assertThat(war.get("/uninitialized" + FORM, OldWar.basic("alice")).statusCode())
          .isEqualTo(500);
    }
  }

  @Test
  void usersOfAStrutsApplicationUpload() throws Exception {
    try (OldWar war = new OldWar("struts", work)) {
      assertThat(war.get(FORM, "X-Login", "alice").body()).contains("\"key\":\"uploads/alice/");
      assertThat(war.get(REPORTS, "X-Login", "alice").statusCode()).isEqualTo(200);
      assertThat(war.get(FORM).statusCode()).isEqualTo(401);
      assertThat(war.get("/hello.action").body()).isEqualTo("hello");
      assertThat(war.get("/no-such-path").statusCode()).isEqualTo(404);
    }
  }
}
