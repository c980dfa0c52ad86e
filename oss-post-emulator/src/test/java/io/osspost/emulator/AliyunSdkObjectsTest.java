package io.osspost.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.HttpMethod;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.OSSException;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.GeneratePresignedUrlRequest;
import com.aliyun.oss.model.GetObjectRequest;
import com.aliyun.oss.model.OSSObject;
import com.aliyun.oss.model.ObjectMetadata;
import com.aliyun.oss.model.PutObjectRequest;
import com.aliyun.oss.model.ResponseHeaderOverrides;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The vendor's client, unmodified: V4 and V1, with permanent and temporary keys. */
class AliyunSdkObjectsTest {
  private static final String BUCKET = "examplebucket";
  private static OssEmulator oss;

  @BeforeAll
  static void start() {
    oss =
        OssEmulator.builder()
            .temporaryKey("STS.a", "stssecret", "token+/=a", Instant.now().plusSeconds(900))
            .start();
  }

  @AfterAll
  static void stop() {
    oss.close();
  }

  static Stream<Arguments> clients() {
    return Stream.of(
        Arguments.of(SignVersion.V4, false),
        Arguments.of(SignVersion.V4, true),
        Arguments.of(SignVersion.V1, false),
        Arguments.of(SignVersion.V1, true));
  }

  static List<String> oddKeys() {
    return List.of(
        "plain.txt",
        "a b/c d.txt",
        "a+b.txt",
        "100%.txt",
        "a%20b.txt",
        "c#1?.txt",
        "中文/文件.txt",
        "emoji-😀.txt",
        "double//slash.txt",
        "dot./..a/...txt",
        "a&b=c;d,e@f:g$h!i*j'k(l).txt",
        "\"<>[]{}|^`\\~.txt",
        "trailing/");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void putsReadsAndDeletesOddKeys(SignVersion version, boolean temporary) throws IOException {
    OSS client = client(version, temporary);
    try {
      for (String key : oddKeys()) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentType("text/x-odd");
        metadata.addUserMetadata("author", "alice");
        client.putObject(new PutObjectRequest(BUCKET, key, stream(key), metadata));

        assertThat(oss.object(key)).as(key).isPresent();
        assertThat(oss.object(key).orElseThrow().metadata()).containsEntry("author", "alice");
        OSSObject read = client.getObject(BUCKET, key);
        assertThat(text(read.getObjectContent())).isEqualTo(key);
        assertThat(read.getObjectMetadata().getContentType()).isEqualTo("text/x-odd");
        assertThat(read.getObjectMetadata().getUserMetadata()).containsEntry("author", "alice");
        assertThat(client.getObjectMetadata(BUCKET, key).getContentLength())
            .isEqualTo(key.getBytes(UTF_8).length);
        assertThat(client.getSimplifiedObjectMeta(BUCKET, key).getETag()).hasSize(32);
        assertThat(client.doesObjectExist(BUCKET, key)).isTrue();
        client.deleteObject(BUCKET, key);
        assertThat(client.doesObjectExist(BUCKET, key)).isFalse();
      }
      assertThat(oss.keys()).isEmpty();
    } finally {
      client.shutdown();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void presignedUrlsWriteAndRead(SignVersion version, boolean temporary) throws IOException {
    OSS client = client(version, temporary);
    try {
      for (String key : oddKeys()) {
        GeneratePresignedUrlRequest put =
            new GeneratePresignedUrlRequest(BUCKET, key, HttpMethod.PUT);
        put.setExpiration(inTenMinutes());
        put.setContentType("text/x-odd");
        put.setHeaders(
            new HashMap<>(Map.of("Content-Type", "text/x-odd", "x-oss-forbid-overwrite", "true")));
        URL url = client.generatePresignedUrl(put);
        assertThat(send("PUT", url, "text/x-odd", key)).as(key).isEqualTo(200);
        assertThat(send("PUT", url, "text/x-odd", key)).as(key).isEqualTo(409);
        assertThat(send("PUT", url, "text/html", key)).as(key).isEqualTo(403);

        GeneratePresignedUrlRequest get =
            new GeneratePresignedUrlRequest(BUCKET, key, HttpMethod.GET);
        get.setExpiration(inTenMinutes());
        ResponseHeaderOverrides overrides = new ResponseHeaderOverrides();
        overrides.setContentDisposition("attachment; filename=\"a b.txt\"");
        get.setResponseHeaders(overrides);
        HttpURLConnection read = open("GET", client.generatePresignedUrl(get));
        assertThat(text(read.getInputStream())).isEqualTo(key);
        assertThat(read.getHeaderField("Content-Disposition"))
            .isEqualTo("attachment; filename=\"a b.txt\"");
        client.deleteObject(BUCKET, key);
      }
    } finally {
      client.shutdown();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void clientsSeeTheDocumentedErrors(SignVersion version, boolean temporary) {
    OSS client = client(version, temporary);
    try {
      assertThatThrownBy(() -> client.getObject(BUCKET, "not-there"))
          .isInstanceOfSatisfying(
              OSSException.class, e -> assertThat(e.getErrorCode()).isEqualTo("NoSuchKey"));
      assertThatThrownBy(() -> client.getObject("no-such-bucket", "a"))
          .isInstanceOfSatisfying(
              OSSException.class, e -> assertThat(e.getErrorCode()).isEqualTo("NoSuchBucket"));
      assertThat(client.doesBucketExist(BUCKET)).isTrue();
      assertThat(client.doesBucketExist("no-such-bucket")).isFalse();
      assertThat(client.getBucketLocation(BUCKET)).isEqualTo("oss-cn-hangzhou");
      assertThat(client.getBucketInfo(BUCKET).getBucket().getName()).isEqualTo(BUCKET);
      client.putObject(BUCKET, "ranged", stream("0123456789"));
      GetObjectRequest ranged = new GetObjectRequest(BUCKET, "ranged");
      ranged.setRange(2, 4);
      assertThat(client.getObject(ranged).getObjectMetadata().getContentLength()).isEqualTo(3);
      ranged.setRange(0, 1);
      ranged.setNonmatchingETagConstraints(
          List.of(client.getObjectMetadata(BUCKET, "ranged").getETag()));
      assertThatThrownBy(() -> client.getObject(ranged)).isInstanceOf(OSSException.class);
      client.deleteObject(BUCKET, "ranged");
    } finally {
      client.shutdown();
    }
  }

  private static OSS client(SignVersion version, boolean temporary) {
    ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
    configuration.setSignatureVersion(version);
    return OSSClientBuilder.create()
        .endpoint(oss.endpoint().toString())
        .region("cn-hangzhou")
        .credentialsProvider(
            temporary
                ? new DefaultCredentialProvider("STS.a", "stssecret", "token+/=a")
                : new DefaultCredentialProvider(oss.accessKeyId(), oss.accessKeySecret()))
        .clientConfiguration(configuration)
        .build();
  }

  private static int send(String method, URL url, String type, String body) throws IOException {
    HttpURLConnection connection = open(method, url);
    connection.setRequestProperty("Content-Type", type);
    connection.setRequestProperty("x-oss-forbid-overwrite", "true");
    connection.setDoOutput(true);
    connection.getOutputStream().write(body.getBytes(UTF_8));
    return connection.getResponseCode();
  }

  private static HttpURLConnection open(String method, URL url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setRequestMethod(method);
    return connection;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static String text(InputStream in) throws IOException {
    try (in) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static Date inTenMinutes() {
    return Date.from(Instant.now().plus(Duration.ofMinutes(10)));
  }
}
