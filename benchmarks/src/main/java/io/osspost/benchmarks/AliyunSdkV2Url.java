package io.osspost.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.aliyun.sdk.service.oss2.credentials.CredentialsProvider;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.signer.Signer;
import com.aliyun.sdk.service.oss2.signer.SignerV4;
import com.aliyun.sdk.service.oss2.signer.SigningContext;
import com.aliyun.sdk.service.oss2.transport.RequestMessage;
import java.time.Instant;
import java.util.Map;

/** The vendor's newer SDK: its signer alone, without the client around it. */
final class AliyunSdkV2Url implements Granter {
  private final Task task;
  private final Signer signer = new SignerV4();
  private final CredentialsProvider credentials;

  AliyunSdkV2Url(Task task) {
    Task.Keys keys = task.keys();
    this.task = task;
    this.credentials = new StaticCredentialsProvider(keys.id(), keys.secret(), keys.token());
  }

  @Override
  public byte[] grant(String caller) {
    Instant now = task.now();
    String key = Task.key(caller);
    SigningContext context = new SigningContext();
    context.setProduct("oss");
    context.setRegion(Task.REGION);
    context.setBucket(Task.BUCKET);
    context.setKey(key);
    context.setRequest(
        RequestMessage.newBuilder()
            .method("PUT")
            .uri(Task.HOST + "/" + key) // The text needs no encoding.
            .headers(Map.of("Content-Type", Task.FILE_TYPE))
            .build());
    context.setCredentials(credentials.getCredentials());
    context.setSignTime(now);
    context.setExpiration(now.plus(Task.VALIDITY));
    context.setAuthMethodQuery(true);
    try {
      signer.sign(context);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return context.getRequest().uri().toString().getBytes(US_ASCII);
  }
}
