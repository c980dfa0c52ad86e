package consumer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.osspost.GrantKind;
import io.osspost.PutFormat;
import io.osspost.PutGrant;
import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.emulator.junit.OssEmulatorExtension;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application's own test of a granted upload, with the emulator's extension. */
@ExtendWith(OssEmulatorExtension.class)
class UploadTest {
  private UploadGrants grants;

  @BeforeEach
  void grantUploadsTo(OssEmulator oss) {
    grants =
        UploadGrants.builder(OssBucket.of(oss.bucket(), oss.region()).at(oss.endpoint()))
            .credentials(
                OssCredentialsProvider.of(
                    OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret())))
            .profile(UploadProfile.builder("photos").build(), Set.of(GrantKind.PUT))
            .build();
  }

  @Test
  void grantedUploadIsStored(OssEmulator oss) throws Exception {
    PutGrant grant =
        grants.put(
            "photos",
            PutFormat.FORM,
            Caller.named("alice"),
            PlannedUpload.of("me.png").size(4).type("image/png"));

    byte[] content = {1, 2, 3, 4};
    HttpRequest.Builder request = HttpRequest.newBuilder(grant.url());
    grant.headers().forEach(request::header);
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                request.PUT(HttpRequest.BodyPublishers.ofByteArray(content)).build(),
                HttpResponse.BodyHandlers.ofString());

    assertEquals(200, answer.statusCode(), answer.body());
    StoredObject stored = oss.object(grant.key().toString()).orElseThrow();
    assertArrayEquals(content, stored.content().readAllBytes());
  }

  @Test
  void everyTestHasAnEmptyBucket(OssEmulator oss) {
    assertTrue(oss.keys().isEmpty());
  }
}
