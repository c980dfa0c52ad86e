package io.osspost.multipart;

import static io.osspost.multipart.MultipartFixture.ALICE;
import static io.osspost.multipart.MultipartFixture.PART;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.callback.UploadedObject;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/**
 * A page that has tickets and signed URLs and does with them what it likes. OSS stores exactly the
 * granted objects, or nothing.
 */
class HostilePageTest {
  /** What the page does next. */
  enum Deed {
    SEND_A_PART,
    SEND_OTHER_BYTES,
    SEND_TOO_MUCH,
    SEND_TOO_LITTLE,
    CHANGE_THE_PART_NUMBER,
    CHANGE_THE_UPLOAD_ID,
    ADD_HEADERS,
    USE_ANOTHER_METHOD,
    ADD_PARAMETERS,
    COMPLETE,
    COMPLETE_WITH_A_WRONG_CHECKSUM,
    COMPLETE_WHILE_A_PART_CHANGES,
    COMPLETE_AS_ANOTHER_USER,
    SIGN_A_FOREIGN_PART,
    ABORT
  }

  private final HttpClient http = HttpClient.newHttpClient();

  @Property(tries = 60)
  void onlyTheGrantedObjectsAreStored(
      @ForAll @Size(max = 25) List<Deed> deeds, @ForAll boolean signLength, @ForAll long seed)
      throws Exception {
    try (OssEmulator oss = OssEmulator.builder().inMemory().start()) {
      MultipartFixture fixture =
          new MultipartFixture(oss, UploadProfile.builder("videos").acl("private"));
      try (MultipartUploads uploads = fixture.server().signLength(signLength).build()) {
        attack(deeds, new Random(seed), oss, fixture, uploads);
      }
    }
  }

  private void attack(
      List<Deed> deeds,
      Random random,
      OssEmulator oss,
      MultipartFixture fixture,
      MultipartUploads uploads)
      throws Exception {
    List<UploadedObject> events = fixture.reported;
    List<MultipartGrant> begun =
        List.of(fixture.start(uploads, 2 * PART + 7), fixture.start(uploads, PART));
    for (Deed deed : deeds) {
      act(deed, begun.get(random.nextInt(2)), begun, uploads, random);
    }
    for (MultipartGrant grant : begun) {
      Optional<StoredObject> stored = oss.object(grant.key().value());
      if (stored.isPresent()) {
        requireGranted(stored.get(), grant);
      }
      assertThat(events.stream().filter(event -> event.key().equals(grant.key())))
          .as("events of %s", grant.key())
          .hasSize(stored.isPresent() ? 1 : 0);
    }
    assertThat(oss.keys()).hasSize(events.size());
  }

  private void act(
      Deed deed,
      MultipartGrant grant,
      List<MultipartGrant> all,
      MultipartUploads uploads,
      Random random)
      throws Exception {
    int number = 1 + random.nextInt(grant.upload().partCount());
    int size = (int) grant.upload().sizeOf(number);
    String url = grant.urls().urls().get(number).url().toString();
    switch (deed) {
      case SEND_A_PART, SEND_OTHER_BYTES -> send(url, bytes(size, random));
      case SEND_TOO_MUCH -> send(url, bytes(size + 1 + random.nextInt(1000), random));
      case SEND_TOO_LITTLE -> send(url, bytes(random.nextInt(size), random));
      case CHANGE_THE_PART_NUMBER -> {
        int other = List.of(0, number % 3 + 1, 10_000, 10_001).get(random.nextInt(4));
        if (other != number) {
          String changed = url.replaceFirst("partNumber=\\d+", "partNumber=" + other);
          assertThat(send(changed, bytes(size, random))).isBetween(400, 499);
        }
      }
      case CHANGE_THE_UPLOAD_ID -> {
        String other = all.get(grant == all.get(0) ? 1 : 0).upload().uploadId();
        String changed = url.replace(grant.upload().uploadId(), other);
        assertThat(send(changed, bytes(size, random))).isEqualTo(403);
      }
      case ADD_HEADERS ->
          send(
              url,
              bytes(size, random),
              "x-oss-object-acl",
              "public-read-write",
              "Content-Type",
              "text/html",
              "x-oss-meta-grant",
              "forged");
      case USE_ANOTHER_METHOD -> {
        for (String method : new String[] {"GET", "POST", "DELETE", "HEAD"}) {
          assertThat(request(url, method, new byte[0])).as(method).isBetween(400, 501);
        }
      }
      case ADD_PARAMETERS -> {
        for (String parameter : new String[] {"acl", "x-oss-process=image", "response-x=1"}) {
          send(url + "&" + parameter, bytes(size, random));
        }
      }
      case COMPLETE -> attempt(() -> uploads.complete(grant.ticket(), ALICE, Optional.empty()));
      case COMPLETE_WITH_A_WRONG_CHECKSUM ->
          attempt(() -> uploads.complete(grant.ticket(), ALICE, Optional.of("12345")));
      case COMPLETE_WHILE_A_PART_CHANGES -> {
        CompletableFuture<Void> replaced =
            CompletableFuture.runAsync(() -> attempt(() -> send(url, bytes(size, random))));
        attempt(() -> uploads.complete(grant.ticket(), ALICE, Optional.empty()));
        replaced.join();
      }
      case COMPLETE_AS_ANOTHER_USER ->
          assertThat(
                  attempt(
                      () ->
                          uploads.complete(grant.ticket(), Caller.named("bob"), Optional.empty())))
              .contains("ticket-of-another-caller");
      case SIGN_A_FOREIGN_PART ->
          assertThat(
                  attempt(
                      () ->
                          uploads.sign(
                              grant.ticket(), ALICE, List.of(grant.upload().partCount() + 1))))
              .contains("bad-parameter");
      case ABORT -> attempt(() -> uploads.abort(grant.ticket(), ALICE));
    }
  }

  private static void requireGranted(StoredObject stored, MultipartGrant grant) {
    assertThat(stored.size()).isEqualTo(grant.upload().terms().maxSize());
    assertThat(stored.contentType()).isEqualTo("video/mp4");
    assertThat(stored.acl()).isEqualTo("private");
    assertThat(stored.metadata())
        .isEqualTo(Map.of("grant", grant.upload().terms().grantId().toString()));
  }

  /** A deed that the server may refuse, with a reason. */
  private interface Attempt {
    void run() throws Exception;
  }

  private static Optional<String> attempt(Attempt attempt) {
    try {
      attempt.run();
      return Optional.empty();
    } catch (UploadRefusedException e) {
      assertThat(e.fact()).isNotEmpty();
      assertThat(e.fix()).isNotEmpty();
      return Optional.of(e.reason().code());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private int send(String url, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return request(url, "PUT", body, headers);
  }

  private int request(String url, String method, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).method(method, BodyPublishers.ofByteArray(body));
    List<String> pairs = new ArrayList<>(List.of(headers));
    for (int i = 0; i < pairs.size(); i += 2) {
      request.header(pairs.get(i), pairs.get(i + 1));
    }
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private static byte[] bytes(int size, Random random) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
