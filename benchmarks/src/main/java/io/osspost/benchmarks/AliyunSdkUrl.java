package io.osspost.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.HttpMethod;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.GeneratePresignedUrlRequest;
import java.time.Duration;
import java.util.Date;

/** The vendor's SDK and its presigned URL. */
final class AliyunSdkUrl implements Granter {
  /** The library reads the clock again later, and cuts the fraction off. */
  private static final Duration SLACK = Duration.ofMillis(500);

  private final Task task;
  private final OSS client;

  private AliyunSdkUrl(Task task, SignVersion version) {
    ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
    configuration.setSignatureVersion(version);
    Task.Keys keys = task.keys();
    this.task = task;
    this.client =
        OSSClientBuilder.create()
            .endpoint("https://oss-" + Task.REGION + ".aliyuncs.com")
            .region(Task.REGION)
            .credentialsProvider(
                new DefaultCredentialProvider(
                    keys.id(), keys.secret(), keys.areTemporary() ? keys.token() : null))
            .clientConfiguration(configuration)
            .build();
  }

  static AliyunSdkUrl v4(Task task) {
    return new AliyunSdkUrl(task, SignVersion.V4);
  }

  static AliyunSdkUrl v1(Task task) {
    return new AliyunSdkUrl(task, SignVersion.V1);
  }

  @Override
  public byte[] grant(String caller) {
    GeneratePresignedUrlRequest request =
        new GeneratePresignedUrlRequest(Task.BUCKET, Task.key(caller), HttpMethod.PUT);
    request.setContentType(Task.FILE_TYPE);
    request.setExpiration(Date.from(task.clock().instant().plus(Task.VALIDITY).plus(SLACK)));
    return client.generatePresignedUrl(request).toString().getBytes(US_ASCII);
  }
}
