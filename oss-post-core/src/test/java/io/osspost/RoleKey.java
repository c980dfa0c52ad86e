package io.osspost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.credentials.OssCredentials;
import io.osspost.emulator.OssEmulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;

/** An emulator whose role may upload, but not read objects, and a key of that role. */
public final class RoleKey {
  private static final String ROLE = "acs:ram::1234567890123456:role/uploader";

  private static final String POLICY =
      "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"oss:PutObject\","
          + "\"oss:ListParts\",\"oss:AbortMultipartUpload\"],\"Resource\":[\"*\"]}]}";

  private RoleKey() {}

  /** Starts the emulator. */
  public static OssEmulator emulator() {
    return OssEmulator.builder().inMemory().metadataPort(0).role(ROLE, POLICY).start();
  }

  /** Returns a key as the metadata service of an instance with the role issues it. */
  public static OssCredentials of(OssEmulator oss) throws Exception {
    URI key =
        URI.create(oss.metadataEndpoint() + "/latest/meta-data/ram/security-credentials/uploader");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(key).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode json = new ObjectMapper().readTree(answer.body());
    return OssCredentials.temporary(
        json.get("AccessKeyId").asText(),
        json.get("AccessKeySecret").asText(),
        json.get("SecurityToken").asText(),
        Instant.parse(json.get("Expiration").asText()));
  }
}
