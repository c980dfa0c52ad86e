package io.osspost.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.callback.CallbackMemory.State;
import io.osspost.callback.CallbackRefusedException.Reason;
import io.osspost.object.ObjectKey;
import io.osspost.profile.Caller;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.UploadTickets;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UploadCallbacksTest {
  private static final Instant NOW = Instant.parse("2024-03-15T08:15:30Z");
  private static final KeyPair KEY = FakeCallback.newKey();
  private static final UploadTickets TICKETS =
      UploadTickets.withSecret("0123456789abcdef0123456789abcdef");
  private static final String OBJECT = "uploads/alice/photo 1.png";

  private final List<UploadedObject> heard = new CopyOnWriteArrayList<>();
  private final UploadCallbacks callbacks = receiver(heard::add, NOW);

  @Test
  void grantedUploadBecomesAnEvent() {
    CallbackOutcome outcome =
        callbacks.receive(
            json(
                Map.of(
                    "imageInfo.width", "800",
                    "imageInfo.height", "\"600\"",
                    "imageInfo.format", "\"png\"",
                    "x:order", "\"4711\"",
                    "x:none", "null",
                    "x:blank", "\"\"",
                    "clientIp", "\"192.0.2.1\"")));

    UploadedObject object = heard.get(0);
    assertThat(outcome).isEqualTo(new CallbackOutcome(object, true, Optional.empty()));
    assertThat(outcome.toJson()).asString(UTF_8).isEqualTo("{\"key\":\"" + OBJECT + "\"}");
    assertThat(object.grantId()).isEqualTo(new UUID(1, 2));
    assertThat(object.caller().principal()).contains("alice");
    assertThat(object.bucket()).isEqualTo("examplebucket");
    assertThat(object.key()).isEqualTo(new ObjectKey(OBJECT));
    assertThat(object.size()).isEqualTo(1024);
    assertThat(object.mimeType()).contains("image/png");
    assertThat(object.etag()).isEqualTo("D41D8CD98F00B204E9800998ECF8427E");
    assertThat(object.crc64()).contains("13442323332120943203");
    assertThat(object.requestId()).contains("65F3A1");
    assertThat(object.image()).contains(new UploadedImage(800, 600, "png"));
    assertThat(object.variables())
        .containsOnly(Map.entry("x:order", "4711"), Map.entry("clientIp", "192.0.2.1"));
  }

  @Test
  void formBodyGivesTheSameEvent() {
    callbacks.receive(
        FakeCallback.post("/cb", "")
            .body(
                "bucket=examplebucket&object=uploads%2Falice%2Fphoto%201.png&size=1024"
                    + "&mimeType=image%2Fpng&etag=E1&crc64=&reqId=R1&x%3Anote=a%2Bb+c"
                    + "&imageInfo.width=&imageInfo.height=&imageInfo.format=&ticket="
                    + TICKETS.issue(exact()))
            .signed(KEY));
    UploadedObject object = heard.get(0);
    assertThat(object.key()).isEqualTo(new ObjectKey(OBJECT));
    assertThat(object.mimeType()).contains("image/png");
    assertThat(object.crc64()).isEmpty();
    assertThat(object.image()).isEmpty();
    assertThat(object.variables()).containsOnly(Map.entry("x:note", "a+b c"));
  }

  static Stream<Arguments> hostile() {
    FakeCallback genuine = json(Map.of());
    return Stream.of(
        Arguments.of("unsigned", genuine.without("Authorization"), Reason.SIGNATURE_MISSING),
        Arguments.of(
            "signed by another key", genuine.signed(FakeCallback.newKey()), Reason.SIGNATURE_WRONG),
        Arguments.of("to another path", genuine.path("/other"), Reason.SIGNATURE_WRONG),
        changed(
            "no ticket", body -> body.replace("\"ticket\"", "\"tickets\""), Reason.TICKET_MISSING),
        changed("a blank ticket", body -> withTicket(""), Reason.TICKET_MISSING),
        changed("an invented ticket", body -> withTicket("AAAA"), Reason.TICKET_FORGED),
        changed(
            "a ticket of another server",
            body -> withTicket(UploadTickets.withRandomSecret().issue(exact())),
            Reason.TICKET_FORGED),
        changed(
            "a padded ticket",
            body -> withTicket(TICKETS.issue(exact()) + "="),
            Reason.TICKET_FORGED),
        changed(
            "a ticket of last week",
            body -> withTicket(TICKETS.issue(terms(OBJECT, NOW.minus(Duration.ofDays(7))))),
            Reason.TICKET_EXPIRED),
        changed(
            "a ticket for another object",
            body -> withTicket(TICKETS.issue(terms("uploads/alice/other.png", NOW))),
            Reason.OTHER_OBJECT),
        changed(
            "a ticket for another directory",
            body -> withTicket(TICKETS.issue(directory("uploads/bob/"))),
            Reason.OTHER_OBJECT),
        changed(
            "another object",
            body -> body.replace("photo 1.png", "photo 1.png2"),
            Reason.OTHER_OBJECT),
        changed(
            "another case",
            body -> body.replace("photo 1.png", "Photo 1.png"),
            Reason.OTHER_OBJECT),
        changed(
            "another bucket",
            body -> body.replace("\"examplebucket\"", "\"examplebucket2\""),
            Reason.OTHER_BUCKET),
        changed("another type", body -> body.replace("image/png", "text/html"), Reason.OTHER_TYPE),
        changed(
            "two types",
            body -> body.replace("image/png", "image/png;,text/html"),
            Reason.OTHER_TYPE),
        changed("too small", body -> body.replace(":1024", ":0"), Reason.SIZE_OUT_OF_RANGE),
        changed("too large", body -> body.replace(":1024", ":1025"), Reason.SIZE_OUT_OF_RANGE),
        changed("negative size", body -> body.replace(":1024", ":-1"), Reason.BODY_MALFORMED),
        changed("fractional size", body -> body.replace(":1024", ":1e3"), Reason.BODY_MALFORMED),
        changed(
            "overflowing size",
            body -> body.replace(":1024", ":18446744073709552640"),
            Reason.BODY_MALFORMED),
        changed("size twice", body -> body.replace("{", "{\"size\":5,"), Reason.BODY_MALFORMED),
        changed(
            "bucket twice, once escaped",
            body -> body.replace("{", "{\"\\u0062ucket\":\"examplebucket\","),
            Reason.BODY_MALFORMED),
        changed(
            "an object as object",
            body -> body.replace("\"" + OBJECT + "\"", "{}"),
            Reason.BODY_MALFORMED),
        changed(
            "no object", body -> body.replace("\"object\"", "\"objekt\""), Reason.BODY_MALFORMED),
        changed("no etag", body -> body.replace("\"etag\"", "\"tag\""), Reason.BODY_MALFORMED),
        changed(
            "a slash first",
            body -> body.replace("\"uploads", "\"/uploads"),
            Reason.BODY_MALFORMED),
        changed("broken JSON", body -> body.substring(0, body.length() - 1), Reason.BODY_MALFORMED),
        changed("two texts", body -> body + body, Reason.BODY_MALFORMED),
        changed("an array", body -> "[" + body + "]", Reason.BODY_MALFORMED),
        changed("nothing", body -> "", Reason.BODY_MALFORMED),
        changed("plain text", body -> "hello", Reason.BODY_MALFORMED),
        changed("a pair twice", body -> "ticket=a&ticket=b", Reason.BODY_MALFORMED),
        changed("a pair wrongly encoded", body -> "ticket=%2", Reason.BODY_MALFORMED),
        changed("deep", body -> "{\"a\":".repeat(5000), Reason.BODY_MALFORMED),
        changed(
            "large", body -> body.replace("{", "{" + " ".repeat(65_536)), Reason.BODY_TOO_LARGE),
        changed(
            "a directory without request id",
            body ->
                withTicket(TICKETS.issue(directory("uploads/alice/")))
                    .replace("\"reqId\"", "\"req\""),
            Reason.BODY_MALFORMED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void whatIsNotAnUploadOfOursIsRefusedAndNobodyHearsOfIt(
      String what, FakeCallback request, Reason reason) {
    assertThatThrownBy(() -> callbacks.receive(request))
        .isInstanceOfSatisfying(
            CallbackRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageNotContaining(TICKETS.issue(exact()));
    assertThat(heard).isEmpty();
    assertThat(callbacks.receive(json(Map.of())).isNew()).isTrue();
  }

  @Test
  void repeatedCallbackGetsTheAnswerWithoutAnEvent() {
    FakeCallback request = json(Map.of());
    CallbackOutcome first = callbacks.receive(request);
    CallbackOutcome replay = callbacks.receive(request);
    assertThat(replay.isNew()).isFalse();
    assertThat(replay.toJson()).isEqualTo(first.toJson());
    assertThat(heard).hasSize(1);
  }

  /** The application may have deleted the first object, and the form is still valid. */
  @Test
  void everyUploadOfAnExactGrantIsAnEvent() {
    callbacks.receive(json(Map.of()));
    FakeCallback second = json(Map.of());
    callbacks.receive(second.body(second.text().replace("65F3A1", "65F3A2")).signed(KEY));
    assertThat(heard).extracting(UploadedObject::eventId).doesNotHaveDuplicates().hasSize(2);
    assertThat(heard).extracting(UploadedObject::grantId).containsOnly(new UUID(1, 2));
  }

  /** The second call arrived while the listener worked, and the listener then failed. */
  @Test
  void repeatDuringAFailingListenerIsNotLost() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch repeated = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    UploadCallbacks slow =
        receiver(
            object -> {
              if (calls.incrementAndGet() == 1) {
                working.countDown();
                await(repeated);
                throw new IllegalStateException("database down");
              }
              heard.add(object);
            },
            NOW);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> first = thread.submit(() -> slow.receive(json(Map.of())));
      await(working);
      assertThatThrownBy(() -> slow.receive(json(Map.of())))
          .isInstanceOfSatisfying(
              CallbackRefusedException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(Reason.IN_PROGRESS);
                assertThat(e.reason().isTemporary()).isTrue();
              });
      repeated.countDown();
      assertThatThrownBy(first::get).hasMessageContaining("database down");
    } finally {
      thread.shutdownNow();
    }
    assertThat(slow.receive(json(Map.of())).isNew()).isTrue();
    assertThat(heard).hasSize(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void ofADirectoryEveryUploadIsAnEventOnce() {
    String ticket = TICKETS.issue(directory("uploads/alice/"));
    List<String> bodies = new ArrayList<>();
    for (String object : List.of("a.png", "b.png", "dir/c.png")) {
      for (String requestId : List.of("R1", "R2")) {
        bodies.add(withTicket(ticket).replace("photo 1.png", object).replace("65F3A1", requestId));
      }
    }
    for (int i = 0; i < 3; i++) {
      bodies.forEach(body -> callbacks.receive(FakeCallback.post("/cb", body).signed(KEY)));
    }
    assertThat(heard).hasSize(6);
  }

  @Test
  void rejectsRepetitionAfterTheTicketExpired() {
    UploadCallbacks later = receiver(heard::add, NOW.plus(Duration.ofDays(2)));
    assertThatThrownBy(() -> later.receive(json(Map.of())))
        .isInstanceOfSatisfying(
            CallbackRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.TICKET_EXPIRED));
  }

  @Test
  void replaysUnderEightThreadsAreOneEvent() throws Exception {
    List<FakeCallback> requests = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String ticket = TICKETS.issue(terms(new UUID(7, i), OBJECT, NOW));
      requests.add(FakeCallback.post("/cb", withTicket(ticket)).signed(KEY));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Long>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        tasks.add(() -> requests.stream().filter(this::isNew).count());
      }
      long accepted = 0;
      for (Future<Long> task : threads.invokeAll(tasks)) {
        accepted += task.get();
      }
      assertThat(accepted).isEqualTo(20);
      assertThat(heard).extracting(UploadedObject::grantId).doesNotHaveDuplicates().hasSize(20);
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean isNew(FakeCallback request) {
    try {
      return callbacks.receive(request).isNew();
    } catch (CallbackRefusedException e) {
      assertThat(e.reason()).isEqualTo(Reason.IN_PROGRESS);
      return false;
    }
  }

  @Test
  void failedEventIsReportedAgainForARepeatedRequest() {
    AtomicInteger calls = new AtomicInteger();
    UploadCallbacks failing =
        receiver(
            object -> {
              if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("database down");
              }
            },
            NOW);
    assertThatThrownBy(() -> failing.receive(json(Map.of()))).hasMessage("database down");
    assertThat(failing.receive(json(Map.of())).isNew()).isTrue();
    assertThat(failing.receive(json(Map.of())).isNew()).isFalse();
    assertThat(calls).hasValue(2);
  }

  @Test
  void theMemoryInThisProcessKeepsTheLatest() {
    CallbackMemory memory = CallbackMemory.inProcess(3);
    UUID grant = new UUID(5, 6);
    UUID other = new UUID(7, 8);
    assertThat(memory.claim(other, "working", NOW)).isEqualTo(State.CLAIMED);
    assertThat(memory.isReported(other)).isTrue();
    for (String event : List.of("a", "b", "c", "d")) {
      assertThat(memory.claim(grant, event, NOW)).isEqualTo(State.CLAIMED);
      assertThat(memory.claim(grant, event, NOW)).isEqualTo(State.IN_PROGRESS);
      memory.done(grant, event, Optional.empty());
      assertThat(memory.claim(grant, event, NOW)).isEqualTo(State.DONE);
    }
    assertThat(memory.claim(grant, "a", NOW)).isEqualTo(State.CLAIMED);
    memory.release(grant, "a");
    assertThat(memory.claim(other, "working", NOW)).isEqualTo(State.IN_PROGRESS);
    memory.release(other, "working");
    assertThat(memory.isReported(other)).isFalse();
    assertThat(memory.isReported(grant)).isTrue();
    assertThatThrownBy(() -> CallbackMemory.inProcess(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void memoryKeepsAnEventUntilNoRetryIsAccepted() {
    List<String> asked = new ArrayList<>();
    CallbackMemory memory =
        new CallbackMemory() {
          @Override
          public State claim(UUID grantId, String event, Instant until) {
            assertThat(event).startsWith(grantId + "/").matches("[ -~]{1,100}");
            asked.add(grantId + " until " + until);
            return State.DONE;
          }

          @Override
          public void done(UUID grantId, String event, Optional<String> answer) {}

          @Override
          public Optional<String> answer(UUID grantId, String event) {
            return Optional.empty();
          }

          @Override
          public void release(UUID grantId, String event) {}

          @Override
          public boolean isReported(UUID grantId) {
            return true;
          }
        };
    UploadCallbacks shared =
        UploadCallbacks.builder(TICKETS, new UploadReports(TICKETS, heard::add, memory))
            .verifier(CallbackVerifier.builder().publicKeys(FakeCallback.pem(KEY)).build())
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();
    assertThat(shared.receive(json(Map.of())).isNew()).isFalse();
    assertThat(heard).isEmpty();
    assertThat(asked)
        .containsExactly("00000000-0000-0001-0000-000000000002 until 2024-03-16T09:15:30Z");
  }

  @Test
  void withoutFurtherWordsOnlyOssIsTrusted() {
    UploadCallbacks strict = UploadCallbacks.builder(TICKETS, heard::add).build();
    FakeCallback request =
        json(Map.of()).keyAt("http://gosspublic.alicdn.com/callback_pub_key_v1.pem");
    assertThatThrownBy(() -> strict.receive(request))
        .isInstanceOfSatisfying(
            CallbackRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.SIGNATURE_WRONG));
    assertThat(heard).isEmpty();
  }

  private static UploadCallbacks receiver(UploadListener listener, Instant now) {
    return UploadCallbacks.builder(TICKETS, listener)
        .verifier(CallbackVerifier.builder().publicKeys(FakeCallback.pem(KEY)).build())
        .clock(Clock.fixed(now, ZoneOffset.UTC))
        .build();
  }

  private static Arguments changed(String what, UnaryOperator<String> change, Reason reason) {
    String body = change.apply(withTicket(TICKETS.issue(exact())));
    return Arguments.of(what, FakeCallback.post("/cb", body).signed(KEY), reason);
  }

  private static FakeCallback json(Map<String, String> further) {
    StringBuilder body = new StringBuilder(withTicket(TICKETS.issue(exact())));
    further.forEach((name, value) -> body.insert(1, "\"" + name + "\":" + value + ","));
    return FakeCallback.post("/cb", body.toString()).signed(KEY);
  }

  private static String withTicket(String ticket) {
    return "{\"bucket\":\"examplebucket\",\"object\":\""
        + OBJECT
        + "\",\"size\":1024,\"mimeType\":\"image/png\","
        + "\"etag\":\"D41D8CD98F00B204E9800998ECF8427E\",\"crc64\":\"13442323332120943203\","
        + "\"reqId\":\"65F3A1\",\"ticket\":\""
        + ticket
        + "\"}";
  }

  private static GrantTerms exact() {
    return terms(OBJECT, NOW);
  }

  private static GrantTerms terms(String key, Instant expiresAt) {
    return terms(new UUID(1, 2), key, expiresAt);
  }

  private static GrantTerms terms(UUID grantId, String key, Instant expiresAt) {
    return GrantTerms.builder(grantId, "examplebucket", NOW)
        .object("uploads/alice/", Optional.of(new ObjectKey(key)))
        .type(Optional.of("image/png"))
        .sizes(1, 1024)
        .forbidOverwrite(true)
        .callback(true)
        .caller(Caller.named("alice"))
        .expiresAt(expiresAt)
        .build();
  }

  private static GrantTerms directory(String prefix) {
    return GrantTerms.builder(new UUID(3, 4), "examplebucket", NOW)
        .object(prefix, Optional.empty())
        .sizes(1, 1024)
        .callback(true)
        .caller(Caller.named("alice"))
        .build();
  }
}
