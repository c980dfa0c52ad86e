package io.osspost.multipart;

import static io.osspost.multipart.MultipartFixture.ALICE;
import static io.osspost.multipart.MultipartFixture.PART;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.callback.Confirmation;
import io.osspost.callback.ReportSource;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.emulator.fault.Fault;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.sign.PresignedUrl;
import io.osspost.testsupport.LoggedLines;
import io.osspost.ticket.MultipartUpload;
import io.osspost.ticket.UploadTickets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs whole uploads against the emulator, which shares no code with core. */
class MultipartUploadsTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final MovedClock clock = new MovedClock();
  private boolean available = true;
  private OssEmulator oss;
  private MultipartFixture fixture;
  private List<UploadedObject> reported;
  private UploadTickets tickets;
  private MultipartUploads uploads;

  @BeforeEach
  void start() {
    oss = OssEmulator.start();
    OssCredentials key = OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret());
    OssCredentialsProvider credentials =
        () -> {
          if (!available) {
            throw new CredentialsUnavailableException("STS does not answer.");
          }
          return key;
        };
    fixture =
        new MultipartFixture(
            oss,
            UploadProfile.builder("videos")
                .acl("public-read")
                .metadata(Map.of("shelf", "holidays")));
    reported = fixture.reported;
    tickets = fixture.tickets;
    uploads = fixture.server().credentials(credentials).clock(clock).build();
  }

  @AfterEach
  void stop() {
    uploads.close();
    oss.close();
  }

  @Test
  void storesExactlyTheGrantedObject() throws Exception {
    byte[] file = file(3 * PART + 17);
    MultipartGrant grant = begin(file.length);
    assertThat(grant.upload().partCount()).isEqualTo(4);
    assertThat(grant.urls().urls()).containsOnlyKeys(1, 2, 3, 4);
    for (int number = 1; number <= 4; number++) {
      send(grant, number, file);
    }

    UploadedObject object =
        uploads.complete(grant.ticket(), ALICE, Optional.of(crc64(file))).object();

    StoredObject stored = oss.object(grant.upload().key().value()).orElseThrow();
    assertThat(stored.content().readAllBytes()).isEqualTo(file);
    assertThat(stored.contentType()).isEqualTo("video/mp4");
    assertThat(stored.acl()).isEqualTo("public-read");
    assertThat(stored.metadata())
        .containsEntry("shelf", "holidays")
        .containsEntry("grant", grant.upload().terms().grantId().toString());
    assertThat(object.size()).isEqualTo(file.length);
    assertThat(object.key()).isEqualTo(grant.upload().key());
    assertThat(object.crc64()).contains(stored.crc64());
    assertThat(reported).containsExactly(object);
  }

  @Test
  void namesThePartsThatAreMissingOrShort() throws Exception {
    byte[] file = file(3 * PART);
    MultipartGrant grant = begin(file.length);
    send(grant, 1, file);
    assertRefused(
        Reason.PARTS_MISSING, () -> uploads.complete(grant.ticket(), ALICE, Optional.empty()));
    assertThatThrownBy(() -> uploads.complete(grant.ticket(), ALICE, Optional.empty()))
        .isInstanceOfSatisfying(
            UploadRefusedException.class, e -> assertThat(e.parts()).containsExactly(2, 3));
    assertThat(oss.keys()).isEmpty();
    assertThat(reported).isEmpty();
  }

  @Test
  void refusesAPartOfAnotherLength() throws Exception {
    MultipartGrant grant = begin(3 * PART);
    assertThat(put(grant.urls().urls().get(1).url(), new byte[PART + 1])).isEqualTo(403);
    assertThat(put(grant.urls().urls().get(1).url(), new byte[PART - 1])).isEqualTo(403);
    assertThat(put(grant.urls().urls().get(1).url(), new byte[PART])).isEqualTo(200);
  }

  @Test
  void refusesAChecksumThatDiffers() throws Exception {
    MultipartGrant grant = sent(2 * PART);
    assertRefused(
        Reason.CHECKSUM_MISMATCH, () -> uploads.complete(grant.ticket(), ALICE, Optional.of("7")));
    assertThat(oss.keys()).isEmpty();
  }

  @Test
  void completingTwiceGivesOneEvent() throws Exception {
    MultipartGrant grant = complete(2 * PART);
    UploadedObject again = uploads.complete(grant.ticket(), ALICE, Optional.empty()).object();
    assertThat(reported).containsExactly(again);
  }

  @Test
  void threadsThatCompleteAtOnceGiveOneEvent() throws Exception {
    MultipartGrant grant = sent(2 * PART);
    List<CompletableFuture<UploadedObject>> both =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(
                        () -> uploads.complete(grant.ticket(), ALICE, Optional.empty()).object()))
            .limit(8)
            .toList();
    int stored = 0;
    for (CompletableFuture<UploadedObject> one : both) {
      try {
        assertThat(one.join().key()).isEqualTo(grant.key());
        stored++;
      } catch (CompletionException e) {
        // The listener is working on the upload in another thread, so the client asks again.
        assertThat(e.getCause())
            .isInstanceOfSatisfying(
                UploadRefusedException.class,
                refused -> assertThat(refused.reason()).isEqualTo(Reason.STILL_COMPLETING));
      }
    }
    assertThat(stored).isPositive();
    assertThat(reported).hasSize(1);
  }

  @Test
  void findsTheObjectAfterALostAnswer() throws Exception {
    MultipartGrant grant = sent(2 * PART);
    oss.faults().add(Fault.cutAnswerAfter(0).on("POST"));
    UploadedObject object = uploads.complete(grant.ticket(), ALICE, Optional.empty()).object();
    assertThat(object.size()).isEqualTo(2 * PART);
    assertThat(reported).containsExactly(object);
  }

  @Test
  void listenerThatFailsOnceHearsOfTheUploadAgain() throws Exception {
    reported.add(null);
    MultipartUploads failing =
        fixture
            .server(
                object -> {
                  if (reported.remove(null)) {
                    throw new IllegalStateException("full disk");
                  }
                  reported.add(object);
                })
            .build();
    try (failing) {
      MultipartGrant grant = begin(PART);
      send(grant, 1, file(PART));
      assertThatThrownBy(() -> failing.complete(grant.ticket(), ALICE, Optional.empty()))
          .hasMessage("full disk");
      failing.complete(grant.ticket(), ALICE, Optional.empty());
      assertThat(reported).hasSize(1);
    }
  }

  @Test
  void uploadsThatTheServerMayNotLookAtAreUnconfirmedAndWarnedOfOnce() throws Exception {
    MultipartGrant one = sent(2 * PART);
    MultipartGrant other = sent(2 * PART);
    oss.faults().add(Fault.refusal(403).on("HEAD").always());
    assertThat(
            LoggedLines.warnings(
                MultipartUploads.class.getName(),
                () -> {
                  uploads.complete(one.ticket(), ALICE, Optional.empty());
                  uploads.complete(other.ticket(), ALICE, Optional.empty());
                }))
        .singleElement()
        .asString()
        .contains("in parts are reported unconfirmed", "do not permit oss:GetObject", "Permit it");
    assertThat(reported)
        .extracting(UploadedObject::confirmation)
        .containsExactly(Confirmation.UNCONFIRMED, Confirmation.UNCONFIRMED);
    assertThat(reported)
        .extracting(UploadedObject::source)
        .containsExactly(ReportSource.COMPLETION, ReportSource.COMPLETION);
  }

  @Test
  void uploadThatIsConfirmedLaterGivesOneEvent() throws Exception {
    MultipartGrant grant = sent(2 * PART);
    oss.faults().add(Fault.refusal(503).on("HEAD").always());
    UploadedObject first = uploads.complete(grant.ticket(), ALICE, Optional.empty()).object();
    assertThat(first.confirmation()).isEqualTo(Confirmation.UNCONFIRMED);
    oss.faults().clear();
    UploadedObject second = uploads.complete(grant.ticket(), ALICE, Optional.empty()).object();
    assertThat(second.confirmation()).isEqualTo(Confirmation.CONFIRMED);
    assertThat(second.eventId()).isEqualTo(first.eventId());
    assertThat(reported).containsExactly(first);
  }

  @Test
  void completedUploadIsReportedEvenIfItsClientAborts() throws Exception {
    MultipartGrant grant = sent(PART);
    loseTheAnswer(grant);
    assertRefused(Reason.ALREADY_STORED, () -> uploads.abort(grant.ticket(), ALICE));
    assertThat(reported).hasSize(1);
  }

  @Test
  void uploadCompletedInItsLastSecondIsReportedAfterItsEnd() throws Exception {
    MultipartGrant grant = sent(PART);
    loseTheAnswer(grant);
    clock.at = grant.upload().terms().expiresAt();
    assertRefused(Reason.TICKET_EXPIRED, () -> uploads.parts(grant.ticket(), ALICE));
    assertRefused(Reason.TICKET_EXPIRED, () -> uploads.sign(grant.ticket(), ALICE, List.of(1)));
    uploads.complete(grant.ticket(), ALICE, Optional.empty());
    assertThat(reported).hasSize(1);
    clock.at = tickets.lastUse(grant.upload().terms()).plusSeconds(1);
    assertRefused(
        Reason.TICKET_EXPIRED, () -> uploads.complete(grant.ticket(), ALICE, Optional.empty()));
  }

  @Test
  void incompleteUploadEndsWithItsTicket() throws Exception {
    MultipartGrant grant = sent(PART);
    clock.at = grant.upload().terms().expiresAt();
    assertRefused(
        Reason.TICKET_EXPIRED, () -> uploads.complete(grant.ticket(), ALICE, Optional.empty()));
    assertThat(oss.keys()).isEmpty();
  }

  @Test
  void partThatIsReplacedTwiceIsToldToTheClient() throws Exception {
    MultipartGrant grant = sent(PART);
    oss.faults().add(Fault.refusal(400, "InvalidPart", "replaced").on("POST").times(2));
    assertRefused(
        Reason.STILL_COMPLETING, () -> uploads.complete(grant.ticket(), ALICE, Optional.empty()));
    uploads.complete(grant.ticket(), ALICE, Optional.empty());
    assertThat(reported).hasSize(1);
  }

  @Test
  void missingCredentialsAreNotAnAnswerOfOss() throws Exception {
    MultipartGrant grant = sent(PART);
    available = false;
    assertThatThrownBy(() -> uploads.parts(grant.ticket(), ALICE))
        .isInstanceOf(CredentialsUnavailableException.class);
  }

  @Test
  void abortLeavesNothing() throws Exception {
    byte[] file = file(2 * PART);
    MultipartGrant grant = begin(file.length);
    send(grant, 1, file);
    uploads.abort(grant.ticket(), ALICE);
    uploads.abort(grant.ticket(), ALICE);
    assertRefused(Reason.UPLOAD_GONE, () -> uploads.parts(grant.ticket(), ALICE));
    assertRefused(
        Reason.UPLOAD_GONE, () -> uploads.complete(grant.ticket(), ALICE, Optional.empty()));
    assertThat(oss.keys()).isEmpty();
  }

  @Test
  void completedUploadCannotBeAborted() throws Exception {
    MultipartGrant grant = complete(PART);
    assertRefused(Reason.ALREADY_STORED, () -> uploads.abort(grant.ticket(), ALICE));
    assertRefused(Reason.ALREADY_STORED, () -> uploads.parts(grant.ticket(), ALICE));
    assertThat(oss.keys()).hasSize(1);
  }

  @Test
  void listsTheStoredParts() throws Exception {
    byte[] file = file(3 * PART);
    MultipartGrant grant = begin(file.length);
    send(grant, 3, file);
    send(grant, 1, file);
    assertThat(new String(uploads.parts(grant.ticket(), ALICE).toJson(), UTF_8))
        .contains("\"partSize\":" + PART, "\"partCount\":3", "\"number\":1", "\"number\":3")
        .doesNotContain("\"number\":2");
  }

  @Test
  void signsOnlyPartsOfTheUpload() {
    MultipartGrant grant = begin(3 * PART);
    for (List<Integer> numbers :
        List.of(List.<Integer>of(), List.of(0), List.of(4), List.of(10_001))) {
      assertRefused(Reason.BAD_PARAMETER, () -> uploads.sign(grant.ticket(), ALICE, numbers));
    }
    assertThat(uploads.sign(grant.ticket(), ALICE, List.of(2)).urls()).containsOnlyKeys(2);
  }

  @Test
  void ticketIsForItsCallerAndKindAlone() {
    MultipartGrant grant = begin(PART);
    assertRefused(
        Reason.TICKET_OF_ANOTHER_CALLER, () -> uploads.parts(grant.ticket(), Caller.named("bob")));
    assertRefused(Reason.TICKET_INVALID, () -> uploads.parts(grant.ticket() + "A", ALICE));
    String ofForm = tickets.issue(grant.upload().terms());
    assertRefused(Reason.TICKET_INVALID, () -> uploads.parts(ofForm, ALICE));
    assertThatThrownBy(
            () -> tickets.verify(grant.ticket(), grant.upload().terms().firstGrantedAt()))
        .hasMessageContaining("did not issue");
  }

  @Test
  void ticketEndsWithTheUpload() {
    MultipartGrant grant = begin(PART);
    MultipartUpload ended =
        new MultipartUpload(
            grant.upload().terms().until(grant.upload().terms().firstGrantedAt().minusSeconds(1)),
            grant.upload().uploadId(),
            PART);
    assertRefused(Reason.TICKET_EXPIRED, () -> uploads.parts(tickets.issue(ended), ALICE));
  }

  @Test
  void anotherServerWithTheSameSecretContinues() throws Exception {
    byte[] file = file(2 * PART);
    MultipartGrant grant = begin(file.length);
    send(grant, 1, file);
    try (MultipartUploads other = fixture.server().build()) {
      PartUrls urls = other.sign(grant.ticket(), ALICE, List.of(2));
      assertThat(put(urls.urls().get(2).url(), part(file, 2))).isEqualTo(200);
      other.complete(grant.ticket(), ALICE, Optional.empty());
    }
    assertThat(oss.object(grant.upload().key().value()).orElseThrow().size())
        .isEqualTo(file.length);
  }

  /** Completes the upload, whose answer is lost while OSS cannot be asked for the object. */
  private void loseTheAnswer(MultipartGrant grant) {
    oss.faults().add(Fault.cutAnswerAfter(0).on("POST"));
    oss.faults().add(Fault.refusal(503).on("HEAD").always());
    assertRefused(
        Reason.STILL_COMPLETING, () -> uploads.complete(grant.ticket(), ALICE, Optional.empty()));
    oss.faults().clear();
    assertThat(oss.keys()).hasSize(1);
    assertThat(reported).isEmpty();
  }

  private MultipartGrant begin(long size) {
    return fixture.start(uploads, size);
  }

  /** Returns an upload whose parts are all stored. */
  private MultipartGrant sent(int size) throws Exception {
    byte[] file = file(size);
    MultipartGrant grant = begin(size);
    for (int number = 1; number <= grant.upload().partCount(); number++) {
      send(grant, number, file);
    }
    return grant;
  }

  private MultipartGrant complete(int size) throws Exception {
    MultipartGrant grant = sent(size);
    uploads.complete(grant.ticket(), ALICE, Optional.empty());
    return grant;
  }

  private void send(MultipartGrant grant, int number, byte[] file) throws Exception {
    PresignedUrl url = grant.urls().urls().get(number);
    assertThat(put(url.url(), part(file, number))).isEqualTo(200);
  }

  private int put(URI url, byte[] content) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(url)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                .timeout(Duration.ofSeconds(10))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static byte[] part(byte[] file, int number) {
    int start = (number - 1) * PART;
    return Arrays.copyOfRange(file, start, Math.min(start + PART, file.length));
  }

  private static byte[] file(int size) {
    byte[] file = new byte[size];
    new Random(42).nextBytes(file);
    return file;
  }

  /** Computes the CRC-64 with the vendor's client. */
  private static String crc64(byte[] file) {
    com.aliyun.oss.common.utils.CRC64 crc = new com.aliyun.oss.common.utils.CRC64();
    crc.update(file, file.length);
    return Long.toUnsignedString(crc.getValue());
  }

  private static void assertRefused(Reason reason, ThrowingCallable step) {
    assertThatThrownBy(step)
        .isInstanceOfSatisfying(
            UploadRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  /** The time of the server, which a test may set. */
  private static final class MovedClock extends Clock {
    private @Nullable Instant at;

    @Override
    public Instant instant() {
      return at == null ? Instant.now() : at;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
