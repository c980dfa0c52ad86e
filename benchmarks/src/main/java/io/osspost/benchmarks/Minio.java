package io.osspost.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minio.MinioClient;
import io.minio.PostPolicy;
import io.minio.credentials.StaticProvider;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** MinIO's client and its form for S3: the same task for another service. */
final class Minio implements Granter {
  private final Task task;
  private final MinioClient client;
  private final ObjectMapper mapper = new ObjectMapper();

  Minio(Task task) {
    this.task = task;
    Task.Keys keys = task.keys();
    this.client =
        MinioClient.builder()
            .endpoint("https://s3.example.com")
            .region(Task.REGION)
            .credentialsProvider(
                new StaticProvider(
                    keys.id(), keys.secret(), keys.areTemporary() ? keys.token() : null))
            .build();
  }

  @Override
  public byte[] grant(String caller) {
    PostPolicy policy =
        new PostPolicy(Task.BUCKET, task.now().plus(Task.VALIDITY).atZone(ZoneOffset.UTC));
    policy.addEqualsCondition("success_action_status", "200");
    policy.addStartsWithCondition("Content-Type", "image/");
    policy.addContentLengthRangeCondition(Task.MIN_SIZE, Task.MAX_SIZE);
    policy.addStartsWithCondition("key", Task.directory(caller));
    try {
      Map<String, Object> answer = new LinkedHashMap<>(client.getPresignedPostFormData(policy));
      answer.put("dir", Task.directory(caller));
      answer.put("host", "https://s3.example.com/" + Task.BUCKET);
      answer.put("expire", task.now().plus(Task.VALIDITY).getEpochSecond());
      return mapper.writeValueAsBytes(answer);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
