package io.osspost.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.testing.SignedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** CONFORMANCE.md, cell by cell: an official client performs every ticked row. */
class ConformanceTest {
  private static final Path PAGE = Path.of("CONFORMANCE.md");
  private static final String TOKEN = "token+/=a";
  private static OssEmulator oss;
  private static List<Client> clients;

  @BeforeAll
  static void start() throws IOException {
    oss =
        OssEmulator.builder()
            .bucket("sdk-v4")
            .bucket("sdk-v1")
            .bucket("two-v4")
            .bucket("two-v1")
            .bucket("node-v4")
            .bucket("node-v1")
            .bucket("node-host")
            .bucket("chromium")
            .temporaryKey("STS.a", "stssecret", TOKEN, Instant.now().plusSeconds(3600))
            .start();
    clients =
        List.of(
            new AliyunSdk(oss, SignVersion.V4, "sdk-v4", permanent()),
            new AliyunSdk(
                oss,
                SignVersion.V1,
                "sdk-v1",
                new DefaultCredentialProvider("STS.a", "stssecret", TOKEN)),
            new OssV2(
                oss, "V4", "two-v4", new StaticCredentialsProvider("STS.a", "stssecret", TOKEN)),
            new OssV2(
                oss,
                "V1",
                "two-v1",
                new StaticCredentialsProvider(oss.accessKeyId(), oss.accessKeySecret())),
            new AliOssInNode("ali-oss in Node, V4", settings("node-v4", true, false, true)),
            new AliOssInNode("ali-oss in Node, V1", settings("node-v1", true, false, false)),
            new AliOssInNode(
                "ali-oss in Node, V4, bucket in the host",
                settings("node-host", false, true, true)),
            new AliOssInChromium(
                "ali-oss in Chromium, V4, bucket in the host",
                settings("chromium", false, true, true),
                Row.APPEND,
                Row.BUCKETS,
                Row.BUCKET_INFO,
                Row.BUCKET_ACL,
                Row.CORS));
    letPagesReadWhatTheyNeed();
  }

  @AfterAll
  static void stop() throws Exception {
    for (Client client : clients) {
      client.stop();
    }
    oss.close();
  }

  @TestFactory
  Stream<DynamicNode> officialClientsDoWhatThePageSays() {
    return clients.stream()
        .map(
            client ->
                dynamicContainer(
                    client.title(),
                    client.checks().entrySet().stream()
                        .map(
                            check ->
                                dynamicTest(
                                    check.getKey().title(), () -> check.getValue().run()))));
  }

  @Test
  void pageListsTheClientsCalls() throws IOException {
    String table = table();
    assertThat(Files.readString(PAGE))
        .as("Replace the table in %s by this one:%n%s", PAGE.toAbsolutePath(), table)
        .contains(table);
  }

  private static String table() {
    StringBuilder table = new StringBuilder("| operation |");
    clients.forEach(client -> table.append(' ').append(client.title()).append(" |"));
    table.append("\n|---|").append("---|".repeat(clients.size())).append('\n');
    for (Row row : Row.values()) {
      table.append("| ").append(row.title()).append(" |");
      table.append(
          clients.stream()
              .map(client -> client.checks().containsKey(row) ? " yes |" : " |")
              .collect(Collectors.joining()));
      table.append('\n');
    }
    return table.toString();
  }

  private static DefaultCredentialProvider permanent() {
    return new DefaultCredentialProvider(oss.accessKeyId(), oss.accessKeySecret());
  }

  private static Settings settings(String bucket, boolean pathStyle, boolean token, boolean v4) {
    return new Settings(
        "http://localhost:" + oss.port(),
        oss.endpoint().toString(),
        pathStyle,
        bucket,
        oss.region(),
        token ? "STS.a" : oss.accessKeyId(),
        token ? "stssecret" : oss.accessKeySecret(),
        token ? TOKEN : "",
        v4);
  }

  /** A page of another origin reads the headers that the bucket's rules name. */
  private static void letPagesReadWhatTheyNeed() throws IOException {
    SignedRequest request = new SignedRequest("PUT", "");
    request.bucket = "chromium";
    request.keyId = oss.accessKeyId();
    request.secret = oss.accessKeySecret();
    request.signedAt = Instant.now();
    request.query.put("cors", "");
    request.body =
        ("<CORSConfiguration><CORSRule><AllowedOrigin>http://127.0.0.1:*</AllowedOrigin>"
                + "<AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod>"
                + "<AllowedMethod>POST</AllowedMethod><AllowedMethod>HEAD</AllowedMethod>"
                + "<AllowedMethod>DELETE</AllowedMethod><AllowedHeader>*</AllowedHeader>"
                + "<ExposeHeader>ETag</ExposeHeader><ExposeHeader>x-oss-request-id</ExposeHeader>"
                + "<ExposeHeader>x-oss-meta-author</ExposeHeader>"
                + "<ExposeHeader>x-oss-hash-crc64ecma</ExposeHeader>"
                + "</CORSRule></CORSConfiguration>")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(request.v4Header().send(oss.endpoint()).status()).isEqualTo(200);
  }
}
