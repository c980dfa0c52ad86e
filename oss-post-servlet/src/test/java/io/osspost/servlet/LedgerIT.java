package io.osspost.servlet;

import static io.osspost.servlet.Deployed.granted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bucket4j.Bucket;
import io.osspost.emulator.fault.Fault;
import io.osspost.store.JdbcStore;
import io.osspost.testsupport.FormPost;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.h2.Driver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** WARs with a ledger: they hear of an upload although OSS's callback is lost. */
class LedgerIT {
  private static final byte[] PHOTO = "a photo".getBytes(UTF_8);

  /** As Tomcat's documents describe a JNDI resource of one application. */
  private static final String CONTEXT =
      "<Context><Resource name=\"jdbc/uploads\" auth=\"Container\" type=\"javax.sql.DataSource\""
          + " driverClassName=\"org.h2.Driver\" url=\"jdbc:h2:mem:jndi;DB_CLOSE_DELAY=-1\""
          + " username=\"sa\" password=\"\"/></Context>";

  @ParameterizedTest
  @EnumSource(
      value = ServletContainer.Kind.class,
      names = {"TOMCAT_9", "TOMCAT_11"})
  void sweepReportsWithADataSourceOfTheContainer(ServletContainer.Kind kind) throws Exception {
    WebArchive war =
        war(kind, "jndi", "java:comp/env/jdbc/uploads", "shop.Heard")
            .file("META-INF/context.xml", CONTEXT)
            .servlet("shop.Heard", "/heard");
    reportsUploadWithoutCallback(kind, "jndi", war, "Heard");
  }

  @ParameterizedTest
  @EnumSource(
      value = ServletContainer.Kind.class,
      names = {"TOMCAT_9", "TOMCAT_11"})
  void sweepReportsInATransactionOfTheContextsDataSource(ServletContainer.Kind kind)
      throws Exception {
    WebArchive war =
        war(kind, "attribute", "uploads", "shop.Database")
            .listener("shop.Database")
            .servlet("shop.Database", "/heard");
    reportsUploadWithoutCallback(kind, "attribute", war, "Database");
  }

  @ParameterizedTest
  @EnumSource(
      value = ServletContainer.Kind.class,
      names = {"TOMCAT_11"})
  void missingResourceIsNamedInTheLog(ServletContainer.Kind kind) throws Exception {
    Deployed deployed = Deployed.in(kind);
    WebArchive war = war(kind, "sourceless", "java:comp/env/jdbc/missing", "shop.Heard");
    assertThat(
            deployed
                .container()
                .tryToDeploy("/sourceless", deployed.write("sourceless", war, "Heard")))
        .isNotEqualTo("ok");
    assertThat(deployed.container().log())
        .contains("store.data-source")
        .contains("JNDI has no object 'java:comp/env/jdbc/missing'");
  }

  private static WebArchive war(
      ServletContainer.Kind kind, String name, String source, String listener) {
    int port = Deployed.in(kind).container().port();
    return Deployed.withBucket(kind)
        .librariesOf(JdbcStore.class, Bucket.class, Driver.class)
        .filter(
            "uploads",
            "allow-anonymous",
            "true",
            "callback.url",
            "http://127.0.0.1:" + port + "/" + name + "/oss_upload_callback",
            "upload-listener",
            listener,
            "profiles.default.validity",
            "5s",
            "store.type",
            "jdbc",
            "store.data-source",
            source,
            "store.create-schema",
            "true",
            "ledger.grace",
            "1s",
            "ledger.interval",
            "1s");
  }

  private static void reportsUploadWithoutCallback(
      ServletContainer.Kind kind, String name, WebArchive war, String... classes) throws Exception {
    Deployed deployed = Deployed.in(kind);
    ServletContainer container = deployed.container();
    container.deploy("/" + name, deployed.write(name, war, classes));
    try {
      JsonNode grant =
          granted(
              deployed
                  .wire()
                  .get(
                      "/" + name + "/get_post_signature_for_oss_upload?filename=a.png",
                      "X-Requested-With: XMLHttpRequest"));
      Map<String, String> fields = new LinkedHashMap<>();
      grant.get("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
      Deployed.OSS.faults().add(Fault.loseCallback());
      URI bucket = URI.create(grant.get("url").asText());
      assertThat(FormPost.send(bucket, fields, "a.png", "image/png", PHOTO).statusCode())
          .isEqualTo(203);
      assertThat(heard(deployed, name)).isEmpty();

      for (int i = 0; i < 200 && heard(deployed, name).isEmpty(); i++) {
        Thread.sleep(100);
      }
      assertThat(heard(deployed, name)).isEqualTo(grant.get("key").asText());
      assertThat(container.threads()).contains("oss-post-sweep");
    } finally {
      container.undeploy("/" + name);
    }
    assertThat(container.threads()).doesNotContain("oss-post-sweep", "oss-post-store");
  }

  private static String heard(Deployed deployed, String name) throws Exception {
    return new String(deployed.wire().get("/" + name + "/heard").bytes(), UTF_8).strip();
  }
}
