package io.osspost.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Paths that Jetty rejects by default, and that migrated applications often allow. Jetty decodes
 * none of them, and none of them is an endpoint's.
 */
class AmbiguousPathIT {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = ServletContainer.Kind.class,
      names = {"JETTY_EE8", "JETTY_EE11"})
  void thePathsAContainerIsToldToLetInPassUntouched(ServletContainer.Kind kind) throws Exception {
    WebArchive war =
        Deployed.withBucket(kind)
            .contextParameters("oss.post.allow-anonymous", "true")
            .servlet("shop.EchoServlet", "/files/*");
    try (ServletContainer container =
        ServletContainer.start(kind, List.of("URI_COMPLIANCE=LEGACY"))) {
      container.deploy(
          "/shop", war.write(folder.resolve("shop.war"), kind, List.of("EchoServlet")));
      Wire wire = new Wire(container.port());
      for (String file : List.of("a%2Fb", "a%25b", "/b", "a;x/../b", "b")) {
        Wire.Answer answer = wire.post("/shop/files/" + file, "mine", "Content-Type: text/plain");
        assertThat(answer.status()).as(file + ": " + answer).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("mine");
      }
      Deployed.granted(wire.get("/shop/get_post_signature_for_oss_upload?format=form"));
    }
  }
}
