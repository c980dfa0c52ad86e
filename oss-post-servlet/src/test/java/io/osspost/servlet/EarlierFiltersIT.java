package io.osspost.servlet;

import static io.osspost.servlet.Deployed.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that a filter of the application has changed before they reach the endpoints. */
@ParameterizedClass
@MethodSource("io.osspost.servlet.ServletContainer$Kind#tested")
class EarlierFiltersIT {
  private static final String FORM = "/old/get_post_signature_for_oss_upload";
  private static final String CHINESE = "?filename=" + URLEncoder.encode("照片.png", UTF_8);

  @Parameter ServletContainer.Kind kind;
  private Deployed deployed;
  private Wire wire;

  @BeforeEach
  void deploy() {
    deployed = Deployed.in(kind);
    wire = deployed.wire();
  }

  @Test
  void formWhoseBodyWasReadIsRefused() throws Exception {
    assertRefused(
        wire.post(FORM, "filename=a.png&size=5", "X-Before: read-body"), 400, "bad-parameter");
    assertRefused(
        wire.post(FORM + "?profile=default", "filename=a.png", "X-Before: read-body"),
        400,
        "bad-parameter");
  }

  @Test
  void charsetOfAnEarlierFilterIsReplaced() throws Exception {
    Wire.Answer answer = wire.get(FORM + CHINESE, "X-Before: set-gbk");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElse(""))
        .startsWith("application/json")
        .doesNotContainIgnoringCase("gbk");
    assertThat(new ObjectMapper().readTree(answer.bytes()).path("key").asText()).endsWith("照片.png");
  }

  @Test
  void bodyMayBeCompressed() throws Exception {
    Wire.Answer answer = wire.get(FORM + CHINESE, "X-Before: compress");
    assertThat(answer.status()).isEqualTo(200);
    byte[] body = new GZIPInputStream(new ByteArrayInputStream(answer.bytes())).readAllBytes();
    assertThat(new ObjectMapper().readTree(body).path("key").asText()).endsWith("照片.png");
  }

  @Test
  void moduleMayBeCompressed() throws Exception {
    Wire.Answer answer = wire.get("/old/oss-post/oss-post.js", "X-Before: compress");
    byte[] body = new GZIPInputStream(new ByteArrayInputStream(answer.bytes())).readAllBytes();
    assertThat(body).isEqualTo(wire.get("/old/oss-post/oss-post.js").bytes());
  }

  @Test
  void writerOfAnEarlierFilterIsUsedIfItKeepsTheBytes() throws Exception {
    assertThat(wire.get(FORM + CHINESE, "X-Before: get-utf-8-writer").body()).contains("照片.png");
    assertThat(wire.get(FORM, "X-Before: get-writer").body()).contains("\"keyPrefix\":\"uploads/");
  }

  @Test
  void writerThatWouldChangeTheBytesIsAnError() throws Exception {
    Wire.Answer answer = wire.get(FORM + CHINESE, "X-Before: get-writer");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("keyPrefix", "\"policy\"");
    assertThat(deployed.container().log())
        .contains("An earlier filter has called getWriter(), whose charset")
        .contains("setCharacterEncoding(\"UTF-8\")");
  }
}
