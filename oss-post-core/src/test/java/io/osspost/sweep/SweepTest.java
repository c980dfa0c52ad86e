package io.osspost.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.GrantKind;
import io.osspost.PostFormat;
import io.osspost.PostGrant;
import io.osspost.PutFormat;
import io.osspost.PutGrant;
import io.osspost.UploadGrants;
import io.osspost.UploadOffer;
import io.osspost.callback.CallbackMemory;
import io.osspost.callback.ReportSource;
import io.osspost.callback.UploadConfirmation;
import io.osspost.callback.UploadReports;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.fault.Fault;
import io.osspost.ledger.GrantRecorder;
import io.osspost.ledger.GrantState;
import io.osspost.ledger.MemoryLedger;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.ledger.UploadLedger;
import io.osspost.multipart.MultipartGrant;
import io.osspost.multipart.MultipartUploads;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.sign.ServerAccess;
import io.osspost.sign.SignatureVersion;
import io.osspost.testsupport.FormPost;
import io.osspost.testsupport.LoggedLines;
import io.osspost.ticket.UploadTickets;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sweeps over uploads to the emulator of which the server has not heard. */
class SweepTest {
  private static final Caller ALICE = Caller.named("alice");
  private static final byte[] PHOTO = "a photo".getBytes(UTF_8);
  private static final Duration AFTER_GRACE = Duration.ofMinutes(21);

  private final HttpClient http = HttpClient.newHttpClient();
  private final UploadTickets tickets = UploadTickets.withRandomSecret();
  private final MemoryLedger ledger = new MemoryLedger();
  private final MovedClock clock = new MovedClock();
  private final List<UploadedObject> events = new CopyOnWriteArrayList<>();
  private boolean listenerFails;
  private Runnable beforeEvent = () -> {};
  private OssEmulator oss;
  private OssCredentialsProvider credentials;
  private OssBucket bucket;
  private UploadReports reports;
  private UploadConfirmation confirmation;
  private MultipartUploads parts;
  private Sweep sweep;
  private UploadGrants grants;

  @BeforeEach
  void start() {
    oss = OssEmulator.builder().inMemory().start();
    bucket = OssBucket.of(oss.bucket(), oss.region()).at(oss.endpoint());
    credentials =
        OssCredentialsProvider.of(OssCredentials.of(oss.accessKeyId(), oss.accessKeySecret()));
    reports = new UploadReports(tickets, this::receive, CallbackMemory.inProcess()).ledger(ledger);
    confirmation =
        new UploadConfirmation(reports, credentials, List.of(bucket), SignatureVersion.V4);
    open(true);
  }

  @AfterEach
  void stop() {
    sweep.close();
    parts.close();
    confirmation.close();
    oss.close();
  }

  @Test
  void reportsUploadsOfWhichNothingWasHeard() throws Exception {
    PostGrant form = form("photos");
    send(form);
    PutGrant put = offer("photos").put(PutFormat.FORM, ALICE, photo());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(put.url()).PUT(BodyPublishers.ofByteArray(PHOTO));
    put.headers().forEach(request::header);
    assertThat(http.send(request.build(), BodyHandlers.discarding()).statusCode()).isEqualTo(200);

    sweep.pass();
    assertThat(events).as("before the end").isEmpty();

    clock.move(AFTER_GRACE);
    sweep.pass();
    assertThat(events)
        .extracting(UploadedObject::key)
        .containsExactly(form.key().orElseThrow(), put.key());
    assertThat(events).extracting(UploadedObject::caller).containsOnly(ALICE);
    assertThat(ledger.states()).containsExactly(GrantState.REPORTED, GrantState.REPORTED);
    assertThat(ledger.waiting()).isZero();

    sweep.pass();
    assertThat(events).hasSize(2);
  }

  @Test
  void confirmedUploadIsNotReportedAgain() throws Exception {
    PostGrant form = form("photos");
    send(form);
    confirm(form);
    assertThat(ledger.states()).containsExactly(GrantState.REPORTED);
    assertThat(ledger.waiting()).isZero();

    clock.move(AFTER_GRACE);
    sweep.pass();
    assertThat(events).hasSize(1);
    assertThat(oss.journal().entries().stream().filter(e -> e.method().equals("HEAD"))).hasSize(1);
  }

  @Test
  void secondUploadThatReplacesTheFirstIsReported() throws Exception {
    PostGrant form = form("replaceable");
    send(form);
    confirm(form);
    assertThat(ledger.waiting()).isEqualTo(1);
    // OSS tells the time of an upload in seconds.
    oss.clock().advance(Duration.ofSeconds(2));
    send(form);

    clock.move(AFTER_GRACE);
    sweep.pass();
    assertThat(events).hasSize(2);
    assertThat(events.get(0).eventId()).isNotEqualTo(events.get(1).eventId());
    assertThat(ledger.states()).containsExactly(GrantState.REPORTED);
    assertThat(ledger.waiting()).isZero();
  }

  @Test
  void lateUploadIsReportedAsLate() throws Exception {
    PostGrant form = form("photos");
    clock.move(AFTER_GRACE);
    sweep.pass();
    assertThat(ledger.states()).containsExactly(GrantState.ABSENT);
    assertThat(ledger.waiting()).isEqualTo(1);
    send(form);

    clock.move(Duration.ofHours(2));
    sweep.pass();
    assertThat(events).hasSize(1);
    assertThat(ledger.states()).containsExactly(GrantState.LATE);
    assertThat(ledger.waiting()).isZero();
  }

  @Test
  void lateUploadThatThePageConfirmsIsLate() throws Exception {
    PostGrant form = form("photos");
    clock.move(AFTER_GRACE);
    sweep.pass();
    send(form);
    confirm(form);
    assertThat(ledger.states()).containsExactly(GrantState.LATE);
  }

  @Test
  void abandonedGrantIsLookedAtSeldomUntilADayAfterItsEnd() {
    form("photos");
    Instant end = clock.instant().plus(Look.LAST_LOOK).plus(Duration.ofMinutes(11));
    int looks = 0;
    while (ledger.waiting() > 0 && looks < 30) {
      clock.move(Duration.ofHours(1));
      long before = heads();
      sweep.pass();
      looks += heads() > before ? 1 : 0;
    }
    assertThat(looks).isBetween(3, 6);
    assertThat(clock.instant()).isAfterOrEqualTo(end);
    assertThat(ledger.states()).containsExactly(GrantState.ABSENT);
    assertThat(events).isEmpty();
  }

  @Test
  void unreachableOssLeavesTheGrantOpen() throws Exception {
    send(form("photos"));
    oss.faults().add(Fault.refusal(503).on("HEAD").always());
    clock.move(AFTER_GRACE);
    sweep.pass();
    assertThat(ledger.states()).containsExactly(GrantState.OPEN);
    oss.faults().clear();

    sweep.pass();
    assertThat(events).as("not at once").isEmpty();
    clock.move(AFTER_GRACE);
    sweep.pass();
    assertThat(events).hasSize(1);
    assertThat(ledger.states()).containsExactly(GrantState.REPORTED);
  }

  @Test
  void grantThatCannotBeLookedAtForAMonthIsLost() throws Exception {
    send(form("photos"));
    oss.faults().add(Fault.refusal(403).on("HEAD").always());
    for (int days = 0; days < 40; days++) {
      clock.move(Duration.ofDays(1));
      sweep.pass();
    }
    assertThat(ledger.states()).containsExactly(GrantState.LOST);
    assertThat(ledger.waiting()).isZero();
    assertThat(events).isEmpty();
  }

  @Test
  void missingPermissionIsToldOnceUntilItIsGranted() throws Exception {
    send(form("photos"));
    oss.faults().add(Fault.refusal(403).on("HEAD").always());
    clock.move(AFTER_GRACE);
    assertThat(
            LoggedLines.warnings(
                Sweep.class.getName(),
                () -> {
                  for (int hours = 0; hours < 5; hours++) {
                    sweep.pass();
                    clock.move(Duration.ofHours(2));
                  }
                }))
        .singleElement()
        .asString()
        .contains("looked at again later", "do not permit oss:GetObject", "Permit it");
    assertThat(sweep.status().problem()).get().asString().contains("oss:GetObject");

    oss.faults().clear();
    clock.move(Duration.ofDays(1));
    sweep.pass();
    assertThat(events).extracting(UploadedObject::source).containsExactly(ReportSource.SWEEP);
    assertThat(sweep.status().problem()).isEmpty();
    assertThat(sweep.status().lastPass()).isPresent();
  }

  @Test
  void missingPermissionIsToldBeforeALongPassEnds() throws Exception {
    send(form("photos"));
    send(form("photos"));
    oss.faults().add(Fault.refusal(403).on("HEAD").always());
    clock.move(Duration.ofDays(31));
    List<Optional<String>> problems = new ArrayList<>();
    sweep = sweep(ledger.observed(end -> problems.add(sweep.status().problem())));
    sweep.pass();
    assertThat(problems).hasSize(2);
    assertThat(problems.get(1)).get().asString().contains("oss:GetObject");
  }

  @Test
  void failedListenerGetsTheUploadAgain() throws Exception {
    send(form("photos"));
    listenerFails = true;
    clock.move(AFTER_GRACE);
    assertThat(LoggedLines.warnings(Sweep.class.getName(), sweep::pass))
        .anyMatch(line -> line.startsWith("The listener failed"));
    assertThat(ledger.states()).containsExactly(GrantState.OPEN);

    listenerFails = false;
    clock.move(AFTER_GRACE);
    sweep.pass();
    assertThat(events).hasSize(1);
    assertThat(ledger.states()).containsExactly(GrantState.REPORTED);
  }

  @Test
  void errorOfTheListenerDoesNotEndTheSweep() throws Exception {
    send(form("photos"));
    send(form("photos"));
    AtomicInteger calls = new AtomicInteger();
    beforeEvent =
        () -> {
          if (calls.incrementAndGet() == 1) {
            throw new NoClassDefFoundError("shop/Thumbnails");
          }
        };
    clock.move(AFTER_GRACE);
    assertThat(LoggedLines.warnings(Sweep.class.getName(), sweep::pass))
        .anyMatch(line -> line.startsWith("The listener failed"));
    assertThat(events).as("the other upload").hasSize(1);

    clock.move(AFTER_GRACE);
    sweep.pass();
    assertThat(events).hasSize(2);
    assertThat(ledger.states()).containsExactly(GrantState.REPORTED, GrantState.REPORTED);
  }

  @Test
  void interruptedListenerDoesNotEndTheSweep() throws Exception {
    send(form("photos"));
    beforeEvent = () -> Thread.currentThread().interrupt();
    clock.move(AFTER_GRACE);
    sweep.start();
    Instant end = Instant.now().plusSeconds(10);
    while (sweep.status().lastPass().isEmpty() && Instant.now().isBefore(end)) {
      Thread.sleep(10);
    }
    Thread.sleep(200);
    assertThat(events).hasSize(1);
    assertThat(sweep.status().running()).isTrue();
  }

  @Test
  void objectThatAnotherGrantReplacedIsLost() throws Exception {
    send(form("replaceable"));
    oss.clock().advance(Duration.ofSeconds(2));
    send(form("replaceable"));
    clock.move(AFTER_GRACE);
    sweep.pass();
    assertThat(ledger.states()).containsExactly(GrantState.LOST, GrantState.REPORTED);
    assertThat(events).hasSize(1);
  }

  @Test
  void repeatedGrantIsLookedAtAfterItsLaterEnd() throws Exception {
    PostGrant first = form("photos");
    clock.move(Duration.ofMinutes(9));
    PostGrant second =
        offer("photos").post(PostFormat.FORM, ALICE, photo().retry(first.ticket().orElseThrow()));
    assertThat(second.key()).isEqualTo(first.key());
    clock.move(Duration.ofMinutes(12));
    sweep.pass();
    assertThat(ledger.states()).as("open until the second end").containsExactly(GrantState.OPEN);
    send(second);
    clock.move(AFTER_GRACE);
    sweep.pass();
    assertThat(events).hasSize(1);
    assertThat(ledger.states()).containsExactly(GrantState.REPORTED);
  }

  @Test
  void unfinishedPartsAreDiscarded() throws Exception {
    MultipartGrant upload = startParts();
    sendPart(upload);
    clock.move(Duration.ofHours(25));
    sweep.pass();
    assertThat(ledger.states()).containsExactly(GrantState.ABSENT);
    assertThat(ledger.waiting()).isZero();
    assertThat(oss.keys()).isEmpty();
    assertThat(events).isEmpty();
    clock.move(Duration.ofHours(-25));
    assertThatThrownBy(() -> parts.parts(upload.ticket(), ALICE))
        .isInstanceOfSatisfying(
            UploadRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(UploadRefusedException.Reason.UPLOAD_GONE));
  }

  @Test
  void completedPartsOfWhichNothingWasHeardAreReported() throws Exception {
    MultipartGrant upload = startParts();
    sendPart(upload);
    oss.faults().add(Fault.cutAnswerAfter(0).on("POST"));
    oss.faults().add(Fault.refusal(503).on("HEAD").always());
    assertThatThrownBy(() -> parts.complete(upload.ticket(), ALICE, Optional.empty()))
        .isInstanceOf(UploadRefusedException.class);
    oss.faults().clear();
    assertThat(events).isEmpty();
    clock.move(Duration.ofHours(25));
    sweep.pass();
    assertThat(ledger.states()).containsExactly(GrantState.REPORTED);
    assertThat(events).extracting(UploadedObject::key).containsExactly(upload.key());
  }

  @Test
  void partsAreAbortedUntilOssForgotThem() throws Exception {
    sendPart(startParts());
    oss.faults().add(Fault.refusal(503).on("DELETE").times(3));
    clock.move(Duration.ofHours(25));
    sweep.pass();
    assertThat(ledger.states()).containsExactly(GrantState.OPEN);
    assertThat(ledger.waiting()).isEqualTo(1);

    clock.move(Duration.ofHours(2));
    sweep.pass();
    assertThat(ledger.states()).containsExactly(GrantState.ABSENT);
    assertThat(ledger.waiting()).isZero();
  }

  @Test
  void grantIsAnsweredWithoutTheLedgerUnlessItIsRequired() throws Exception {
    ledger.available(false);
    assertThatThrownBy(() -> form("photos")).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(this::startParts).isInstanceOf(StoreUnavailableException.class);
    assertThat(oss.journal().entries().stream().filter(e -> e.method().equals("DELETE")))
        .as("the started upload is discarded")
        .isNotEmpty();

    open(false);
    assertThat(
            LoggedLines.warnings(
                "io.osspost.ledger.UploadLedger",
                () -> {
                  form("photos");
                  form("photos");
                }))
        .singleElement()
        .asString()
        .contains("The database does not answer. Start it.", "ledger.required");
    assertThatThrownBy(sweep::pass).isInstanceOf(StoreUnavailableException.class);
    ledger.available(true);
    sweep.pass();
  }

  @Test
  void directoryGrantsAreNotRecorded() {
    offer("photos").post(PostFormat.FORM, ALICE, PlannedUpload.unnamed());
    assertThat(ledger.states()).isEmpty();
  }

  private void open(boolean required) {
    GrantRecorder recorder = GrantRecorder.of(ledger, Duration.ofMinutes(10), required);
    grants =
        UploadGrants.builder(bucket)
            .credentials(credentials)
            .tickets(tickets)
            .clock(clock)
            .recorder(recorder)
            .profile(
                UploadProfile.builder("photos").maxSize(1L << 30).build(),
                Set.of(GrantKind.POST, GrantKind.PUT, GrantKind.MULTIPART))
            .profile(
                UploadProfile.builder("replaceable")
                    .dir("portraits/{principal}/")
                    .naming((caller, file, now) -> "portrait.png")
                    .forbidOverwrite(false)
                    .build())
            .build();
    parts =
        MultipartUploads.builder(grants, tickets, reports)
            .credentials(credentials)
            .clock(clock)
            .recorder(recorder)
            .build();
    sweep = sweep(ledger);
  }

  private Sweep sweep(UploadLedger looked) {
    return new Sweep(
        looked,
        confirmation,
        ServerAccess.of(credentials, List.of(bucket), SignatureVersion.V4),
        clock,
        Duration.ofHours(1));
  }

  private void receive(UploadedObject object) {
    if (listenerFails) {
      throw new IllegalStateException("The table is locked.");
    }
    beforeEvent.run();
    events.add(object);
  }

  private UploadOffer offer(String profile) {
    return grants.offer(profile).orElseThrow();
  }

  private static PlannedUpload photo() {
    return PlannedUpload.of("a.png").size(PHOTO.length).type("image/png");
  }

  private PostGrant form(String profile) {
    return offer(profile).post(PostFormat.FORM, ALICE, photo());
  }

  private static void send(PostGrant form) throws Exception {
    Map<String, String> fields = form.fields();
    assertThat(FormPost.send(form.url(), fields, "a.png", "image/png", PHOTO).statusCode())
        .isEqualTo(200);
  }

  private void confirm(PostGrant form) {
    assertThat(
            confirmation.confirm(
                tickets.verify(form.ticket().orElseThrow(), clock.instant()),
                form.key().orElseThrow()))
        .isPresent();
  }

  private MultipartGrant startParts() {
    return parts.start(offer("photos"), ALICE, photo());
  }

  private void sendPart(MultipartGrant upload) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(upload.urls().urls().get(1).url())
            .PUT(BodyPublishers.ofByteArray(PHOTO))
            .build();
    assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }

  private long heads() {
    return oss.journal().entries().stream().filter(e -> e.method().equals("HEAD")).count();
  }

  /** The time of the server, which is ahead of the emulator's. */
  private static final class MovedClock extends Clock {
    private Duration ahead = Duration.ZERO;

    void move(Duration duration) {
      ahead = ahead.plus(duration);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
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
