package io.osspost.emulator.internal.sts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.OSSException;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.model.AbortMultipartUploadRequest;
import com.aliyun.oss.model.CompleteMultipartUploadRequest;
import com.aliyun.oss.model.DeleteObjectsRequest;
import com.aliyun.oss.model.InitiateMultipartUploadRequest;
import com.aliyun.oss.model.ListObjectsRequest;
import com.aliyun.oss.model.ListPartsRequest;
import com.aliyun.oss.model.UploadPartRequest;
import com.aliyun.sts20150401.Client;
import com.aliyun.sts20150401.models.AssumeRoleRequest;
import com.aliyun.sts20150401.models.AssumeRoleResponseBody.AssumeRoleResponseBodyCredentials;
import com.aliyun.teaopenapi.models.Config;
import io.osspost.emulator.OssEmulator;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The vendor's client with a token: calls that need several decisions, or an action with another
 * name. RAM reference: "Which call needs which action".
 */
class TokenOfVendorsClientTest {
  private static final String BUCKET = "examplebucket";

  private OssEmulator oss;
  private OSS client;

  @BeforeEach
  void start() {
    oss = OssEmulator.builder().stsPort(0).start();
  }

  @AfterEach
  void stop() {
    stopClient();
    oss.close();
  }

  @Test
  void putTokenUploadsPartsWithoutListOrAbort() throws Exception {
    with("oss:PutObject", BUCKET + "/user-1/*");
    String upload =
        client
            .initiateMultipartUpload(new InitiateMultipartUploadRequest(BUCKET, "user-1/v.mp4"))
            .getUploadId();

    assertDenied(() -> client.listParts(new ListPartsRequest(BUCKET, "user-1/v.mp4", upload)));
    assertDenied(
        () ->
            client.abortMultipartUpload(
                new AbortMultipartUploadRequest(BUCKET, "user-1/v.mp4", upload)));
    assertDenied(
        () ->
            client.initiateMultipartUpload(
                new InitiateMultipartUploadRequest(BUCKET, "user-2/v.mp4")));
    complete("user-1/v.mp4", upload);
    assertThat(oss.keys()).containsExactly("user-1/v.mp4");
  }

  @Test
  void tokenForMultipartUploadsListsAndAborts() throws Exception {
    with("oss:PutObject\",\"oss:ListParts\",\"oss:AbortMultipartUpload", BUCKET + "/user-1/*");
    String upload =
        client
            .initiateMultipartUpload(new InitiateMultipartUploadRequest(BUCKET, "user-1/v.mp4"))
            .getUploadId();
    assertThat(client.listParts(new ListPartsRequest(BUCKET, "user-1/v.mp4", upload)).getParts())
        .isEmpty();
    client.abortMultipartUpload(new AbortMultipartUploadRequest(BUCKET, "user-1/v.mp4", upload));
  }

  @Test
  void copyNeedsItsSourceToBeReadable() throws Exception {
    with("oss:PutObject", BUCKET + "/user-1/*");
    put("user-1/a.txt");
    assertDenied(() -> client.copyObject(BUCKET, "user-1/a.txt", BUCKET, "user-1/b.txt"));
    assertDenied(() -> client.copyObject(BUCKET, "user-1/a.txt", BUCKET, "user-1/a.txt"));

    with("oss:PutObject\",\"oss:GetObject", BUCKET + "/user-1/*");
    client.copyObject(BUCKET, "user-1/a.txt", BUCKET, "user-1/b.txt");
    assertDenied(() -> client.copyObject(BUCKET, "user-2/a.txt", BUCKET, "user-1/c.txt"));
    assertThat(oss.keys()).containsExactly("user-1/a.txt", "user-1/b.txt");
  }

  @Test
  void everyKeyOfADeletionNeedsPermission() throws Exception {
    with("oss:PutObject", BUCKET + "/*");
    put("user-1/a.txt");
    put("user-2/a.txt");
    assertDenied(() -> client.deleteObjects(deletion("user-1/a.txt")));

    with("oss:DeleteObject", BUCKET + "/user-1/*");
    assertDenied(() -> client.deleteObjects(deletion("user-1/a.txt", "user-2/a.txt")));
    assertThat(oss.keys()).hasSize(2);
    client.deleteObjects(deletion("user-1/a.txt"));
    assertThat(oss.keys()).containsExactly("user-2/a.txt");
  }

  @Test
  void listsNeedTheBucketAndTheConditionOnTheirPrefix() throws Exception {
    with("oss:*", BUCKET + "/*");
    assertDenied(() -> client.listObjects(BUCKET));
    assertDenied(() -> client.listBuckets());

    assume(
        "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"oss:ListObjects\","
            + "\"Resource\":\"acs:oss:*:*:examplebucket\",\"Condition\":{\"StringLike\":"
            + "{\"oss:Prefix\":\"user-1/*\"}}}]}");
    assertThat(
            client
                .listObjects(new ListObjectsRequest(BUCKET).withPrefix("user-1/"))
                .getObjectSummaries())
        .isEmpty();
    assertDenied(() -> client.listObjects(BUCKET));
    assertDenied(() -> client.listObjects(new ListObjectsRequest(BUCKET).withPrefix("user-2/")));
  }

  private void complete(String key, String upload) {
    UploadPartRequest part = new UploadPartRequest(BUCKET, key, upload, 1, content(), 5);
    client.completeMultipartUpload(
        new CompleteMultipartUploadRequest(
            BUCKET, key, upload, new ArrayList<>(List.of(client.uploadPart(part).getPartETag()))));
  }

  private void put(String key) {
    client.putObject(BUCKET, key, content());
  }

  private static DeleteObjectsRequest deletion(String... keys) {
    return new DeleteObjectsRequest(BUCKET).withKeys(List.of(keys));
  }

  private static ByteArrayInputStream content() {
    return new ByteArrayInputStream("hello".getBytes(UTF_8));
  }

  private static void assertDenied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            OSSException.class,
            e -> {
              assertThat(e.getErrorCode()).isEqualTo("AccessDenied");
              assertThat(e.getErrorMessage()).isEqualTo("Access denied by authorizer's policy.");
            });
  }

  private void with(String actions, String resource) throws Exception {
    assume(
        "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\""
            + actions
            + "\"],\"Resource\":[\"acs:oss:*:*:"
            + resource
            + "\"]}]}");
  }

  /** Signs from now on with a token that is limited to {@code policy}. */
  private void assume(String policy) throws Exception {
    stopClient();
    Client sts =
        new Client(
            new Config()
                .setAccessKeyId(oss.accessKeyId())
                .setAccessKeySecret(oss.accessKeySecret())
                .setEndpoint(oss.stsEndpoint().getAuthority())
                .setProtocol("http"));
    AssumeRoleResponseBodyCredentials keys =
        sts.assumeRole(
                new AssumeRoleRequest()
                    .setRoleArn(oss.roleArn())
                    .setRoleSessionName("alice")
                    .setPolicy(policy))
            .getBody()
            .getCredentials();
    client =
        new OSSClientBuilder()
            .build(
                oss.endpoint().toString(),
                new DefaultCredentialProvider(
                    keys.getAccessKeyId(), keys.getAccessKeySecret(), keys.getSecurityToken()));
  }

  private void stopClient() {
    if (client != null) {
      client.shutdown();
    }
  }
}
