package io.osspost.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.callback.AnsweringListener;
import io.osspost.callback.UploadAnswer;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import io.osspost.emulator.OssEmulator;
import io.osspost.testsupport.NodePackages;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** The vendor's ali-oss uploads with a token, and OSS calls back with the signed ticket. */
class SdkCallbackTest {
  private static final List<UploadedObject> UPLOADED = new CopyOnWriteArrayList<>();

  private static final String SCRIPT =
      "const OSS = require('ali-oss');"
          + "const t = JSON.parse(process.argv[1]);"
          + "const client = new OSS({ accessKeyId: t.AccessKeyId, accessKeySecret:"
          + " t.AccessKeySecret, stsToken: t.SecurityToken, bucket: t.Bucket,"
          + " region: `oss-${t.Region}`, endpoint: process.argv[2], secure: false,"
          + " authorizationV4: true });"
          + "client.put(`${t.Dir}a.txt`, Buffer.from('hello'), { callback: t.Callback })"
          + ".then(({ data }) => console.log(JSON.stringify(data)));";

  /**
   * The second listener answers, and the third one's answer is not used. Other tests do not find
   * this class, because it has no annotation.
   */
  static class Listening {
    @Bean
    @Order(1)
    UploadListener rememberOfSdk() {
      return UPLOADED::add;
    }

    @Bean
    @Order(2)
    AnsweringListener firstAnswer() {
      return uploaded -> UploadAnswer.of(Map.of("size", uploaded.size()));
    }

    @Bean
    @Order(3)
    AnsweringListener secondAnswer() {
      return uploaded -> UploadAnswer.of("second");
    }
  }

  @Test
  void aliOssPassesTheCallbackOn() throws Exception {
    Path node = NodePackages.install(Path.of("src", "test", "node"), Path.of("target", "node"));
    int port = freePort();
    try (OssEmulator oss = OssEmulator.builder().inMemory().stsPort(0).start();
        RunningApplication application = start(oss, port)) {
      assertThat(application.context().isRunning()).isTrue();
      String token =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(
                              "http://127.0.0.1:"
                                  + port
                                  + "/get_sts_token_for_oss_upload?profile=sdk"))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      assertThat(new ObjectMapper().readTree(token).has("Callback")).as(token).isTrue();
      String output =
          NodePackages.run(node, "node", "-e", SCRIPT, token, oss.endpoint().toString());
      String last = output.strip().substring(output.strip().lastIndexOf('\n') + 1);
      JsonNode data = new ObjectMapper().readTree(last);
      assertThat(data.at("/answer/size").asInt()).isEqualTo(5);
      assertThat(UPLOADED)
          .singleElement()
          .satisfies(
              object -> {
                assertThat(object.key().value()).isEqualTo("sdk/a.txt");
                assertThat(object.profile()).isEqualTo("sdk");
              });
    }
  }

  private static RunningApplication start(OssEmulator oss, int port) {
    return new RunningApplication(
        new SpringApplicationBuilder(UploadApplication.class, Listening.class)
            .properties(
                "server.port=" + port,
                "oss.post.bucket=" + oss.bucket(),
                "oss.post.region=" + oss.region(),
                "oss.post.endpoint=" + oss.endpoint(),
                "oss.post.credentials.type=static",
                "oss.post.credentials.access-key-id=" + oss.accessKeyId(),
                "oss.post.credentials.access-key-secret=" + oss.accessKeySecret(),
                "oss.post.credentials.sts-endpoint=" + oss.stsEndpoint(),
                "oss.post.token.role-arn=" + oss.roleArn(),
                "oss.post.profiles.sdk.grants=token",
                "oss.post.profiles.sdk.dir=sdk/",
                "oss.post.callback.optional=true",
                "oss.post.callback.url=http://127.0.0.1:" + port + "/oss_upload_callback",
                "oss.post.callback.public-key=" + oss.callbackPublicKeyPem())
            .run("--oss.post.store.type="));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
