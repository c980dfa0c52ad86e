package io.osspost.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.PostFormat;
import io.osspost.PostGrant;
import io.osspost.RoleKey;
import io.osspost.UploadGrants;
import io.osspost.callback.CallbackRefusedException.Reason;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.SignatureVersion;
import io.osspost.testsupport.FormPost;
import io.osspost.testsupport.LoggedLines;
import io.osspost.ticket.UploadTickets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callbacks, after which the server looks at an object of the emulator, or may not. */
class ConfirmModesTest {
  private static final KeyPair KEY = FakeCallback.newKey();
  private static final byte[] FIRST = "a photo".getBytes(UTF_8);
  private static final byte[] SECOND = "a newer photo".getBytes(UTF_8);

  private final UploadTickets tickets = UploadTickets.withRandomSecret();
  private final List<UploadedObject> events = new CopyOnWriteArrayList<>();
  private OssEmulator oss;
  private OssBucket bucket;
  private OssCredentialsProvider permitted;
  private OssCredentialsProvider unpermitted;
  private PostGrant grant;

  @BeforeEach
  void start() throws Exception {
    oss = RoleKey.emulator();
    bucket = OssBucket.of(oss.bucket(), oss.region()).at(oss.endpoint());
    permitted =
        OssCredentialsProvider.of(OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret()));
    unpermitted = OssCredentialsProvider.of(RoleKey.of(oss));
    grant =
        UploadGrants.builder(bucket)
            .credentials(unpermitted)
            .tickets(tickets)
            .profile(UploadProfile.builder("portraits").forbidOverwrite(false).build())
            .build()
            .post(
                "portraits",
                PostFormat.FORM,
                Caller.named("alice"),
                PlannedUpload.of("a.png").type("image/png"));
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void replacedUploadIsSupersededAndDescribesTheNewerObject() throws Exception {
    try (UploadCallbacks callbacks = receiver(ConfirmMode.AUTO, permitted)) {
      FakeCallback first = upload(FIRST, "65F3A1");
      FakeCallback second = upload(SECOND, "65F3A2");
      StoredObject stored = oss.object(key()).orElseThrow();

      assertThat(callbacks.receive(first).isNew()).isTrue();
      assertThat(callbacks.receive(second).isNew()).as("of the same object").isFalse();
      assertThat(events)
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.confirmation()).isEqualTo(Confirmation.SUPERSEDED);
                assertThat(event.source()).isEqualTo(ReportSource.CALLBACK);
                assertThat(event.size()).isEqualTo(SECOND.length);
                assertThat("\"" + event.etag() + "\"").isEqualTo(stored.etag());
                assertThat(event.crc64()).contains(stored.crc64());
              });
    }
  }

  @Test
  void lateCallbackOfAReplacedUploadCausesNoEvent() throws Exception {
    try (UploadCallbacks callbacks = receiver(ConfirmMode.REQUIRED, permitted)) {
      FakeCallback first = upload(FIRST, "65F3A1");
      FakeCallback second = upload(SECOND, "65F3A2");
      callbacks.receive(second);
      CallbackOutcome outcome = callbacks.receive(first);
      assertThat(outcome.isNew()).isFalse();
      assertThat(outcome.object().confirmation()).isEqualTo(Confirmation.SUPERSEDED);
      assertThat(events)
          .extracting(UploadedObject::confirmation)
          .containsExactly(Confirmation.CONFIRMED);
    }
  }

  @Test
  void eachUploadThatIsLookedAtInTimeIsConfirmed() throws Exception {
    try (UploadCallbacks callbacks = receiver(ConfirmMode.AUTO, permitted)) {
      callbacks.receive(upload(FIRST, "65F3A1"));
      callbacks.receive(upload(SECOND, "65F3A2"));
      assertThat(events)
          .extracting(UploadedObject::confirmation)
          .containsExactly(Confirmation.CONFIRMED, Confirmation.CONFIRMED);
      assertThat(events).extracting(UploadedObject::eventId).doesNotHaveDuplicates();
    }
  }

  @Test
  void withoutPermissionAutoReportsEachRequestUnconfirmedAndWarnsOnce() throws Exception {
    try (UploadCallbacks callbacks = receiver(ConfirmMode.AUTO, unpermitted)) {
      FakeCallback first = upload(FIRST, "65F3A1");
      FakeCallback second = upload(SECOND, "65F3A2");
      assertThat(
              LoggedLines.warnings(
                  UploadCallbacks.class.getName(),
                  () -> {
                    callbacks.receive(first);
                    callbacks.receive(first);
                    callbacks.receive(second);
                  }))
          .singleElement()
          .asString()
          .contains("reported unconfirmed", "do not permit oss:GetObject", "callback.confirm");
      assertThat(events)
          .extracting(UploadedObject::confirmation)
          .containsExactly(Confirmation.UNCONFIRMED, Confirmation.UNCONFIRMED);
      assertThat(events)
          .extracting(UploadedObject::size)
          .as("as the callbacks reported them")
          .containsExactly((long) FIRST.length, (long) SECOND.length);
    }
  }

  @Test
  void withoutPermissionRequiredRefusesTheCallback() throws Exception {
    try (UploadCallbacks callbacks = receiver(ConfirmMode.REQUIRED, unpermitted)) {
      FakeCallback first = upload(FIRST, "65F3A1");
      assertThatThrownBy(() -> callbacks.receive(first))
          .isInstanceOfSatisfying(
              CallbackRefusedException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(Reason.NOT_CONFIRMED);
                assertThat(e.reason().isTemporary()).isTrue();
                assertThat(e).hasMessageContaining("do not permit oss:GetObject");
              });
      assertThat(events).isEmpty();
    }
  }

  private UploadCallbacks receiver(ConfirmMode mode, OssCredentialsProvider credentials) {
    return UploadCallbacks.builder(tickets, events::add)
        .verifier(CallbackVerifier.builder().publicKeys(FakeCallback.pem(KEY)).build())
        .confirm(mode, credentials, List.of(bucket), SignatureVersion.V4)
        .build();
  }

  private String key() {
    return grant.key().orElseThrow().value();
  }

  /** Uploads a file under the grant, and returns the callback that describes it. */
  private FakeCallback upload(byte[] file, String requestId) throws Exception {
    // OSS tells the time of an upload in seconds.
    oss.clock().advance(Duration.ofSeconds(2));
    assertThat(FormPost.send(grant.url(), grant.fields(), "a.png", "image/png", file).statusCode())
        .isEqualTo(200);
    String etag = oss.object(key()).orElseThrow().etag().replace("\"", "");
    return FakeCallback.post(
            "/cb",
            String.format(
                "{\"bucket\":\"%s\",\"object\":\"%s\",\"size\":%d,\"mimeType\":\"image/png\","
                    + "\"etag\":\"%s\",\"reqId\":\"%s\",\"ticket\":\"%s\"}",
                oss.bucket(), key(), file.length, etag, requestId, grant.ticket().orElseThrow()))
        .signed(KEY);
  }
}
