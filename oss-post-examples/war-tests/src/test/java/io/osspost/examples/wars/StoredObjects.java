package io.osspost.examples.wars;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.UploadProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Reads from the private bucket of an emulator in another process, with signed links. */
record StoredObjects(UploadGrants bucket) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Reads with the default names of an emulator, and its configured secret. */
  static StoredObjects at(URI emulator, String secret) {
    return new StoredObjects(
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou").at(emulator))
            .credentials(
                OssCredentialsProvider.of(OssCredentials.of("EmulatorAccessKeyId", secret)))
            .profile(UploadProfile.builder("read").build())
            .build());
  }

  byte[] read(String key) throws IOException, InterruptedException {
    URI link = bucket.link("read", new ObjectKey(key), Duration.ofMinutes(1)).url();
    HttpResponse<byte[]> answer =
        HTTP.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).as("status of %s", key).isEqualTo(200);
    return answer.body();
  }
}
