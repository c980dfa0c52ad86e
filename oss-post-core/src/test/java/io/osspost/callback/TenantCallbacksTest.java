package io.osspost.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.OfferLease;
import io.osspost.PostFormat;
import io.osspost.PostGrant;
import io.osspost.ProfileSource;
import io.osspost.TenantProfile;
import io.osspost.UploadGrants;
import io.osspost.callback.CallbackRefusedException.Reason;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.ledger.QuotaLedger;
import io.osspost.object.EndpointRules;
import io.osspost.object.OssBucket;
import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.RequestView;
import io.osspost.profile.UploadProfile;
import io.osspost.testsupport.FormPost;
import io.osspost.testsupport.LoggedLines;
import io.osspost.ticket.UploadTickets;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callbacks of uploads to tenants' buckets, also after the bucket of the tenant changed. */
class TenantCallbacksTest {
  private static final KeyPair KEY = FakeCallback.newKey();
  private static final ProfileId ID = new ProfileId("acme", "images");
  private static final Caller ALICE = Caller.named("alice");
  private static final byte[] PHOTO = "a photo".getBytes(UTF_8);

  private final List<UploadedObject> events = new CopyOnWriteArrayList<>();
  private final UploadTickets tickets = UploadTickets.withRandomSecret();
  private OssEmulator oss;
  private UploadGrants grants;
  private volatile Optional<TenantProfile> current = Optional.empty();

  @BeforeEach
  void start() {
    oss =
        OssEmulator.builder()
            .inMemory()
            .bucket("acme-files")
            .bucket("acme-new")
            .accessKey("LTAIacme", "acme-secret")
            .start();
    current = Optional.of(profile("acme-files", 1));
    grants = grants(new Found());
  }

  @AfterEach
  void stop() {
    grants.close();
    oss.close();
  }

  @Test
  void uploadIsConfirmedInTheBucketOfTheTenant() throws Exception {
    try (UploadCallbacks callbacks = receiver(grants, ConfirmMode.REQUIRED)) {
      callbacks.receive(upload(grants));
    }
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.profileId()).contains(ID);
              assertThat(event.bucket()).isEqualTo("acme-files");
              assertThat(event.confirmation()).isEqualTo(Confirmation.CONFIRMED);
            });
  }

  @Test
  void validCallbackOfTheFormerBucketIsDelivered() throws Exception {
    FakeCallback callback = upload(grants);
    current = Optional.of(profile("acme-new", 2));
    try (UploadCallbacks callbacks = receiver(grants, ConfirmMode.AUTO)) {
      assertThat(
              LoggedLines.warnings(
                  UploadCallbacks.class.getName(), () -> callbacks.receive(callback)))
          .singleElement()
          .asString()
          .contains("unconfirmed", "acme-files");
    }
    assertThat(events)
        .extracting(UploadedObject::confirmation)
        .containsExactly(Confirmation.UNCONFIRMED);
    assertThat(events.get(0).profileId()).contains(ID);
  }

  @Test
  void requiredConfirmationRefusesTheFormerBucket() throws Exception {
    FakeCallback callback = upload(grants);
    current = Optional.empty();
    try (UploadCallbacks callbacks = receiver(grants, ConfirmMode.REQUIRED)) {
      current = Optional.of(profile("acme-new", 2));
      assertThatThrownBy(() -> callbacks.receive(callback))
          .isInstanceOfSatisfying(
              CallbackRefusedException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CONFIRMED))
          .hasMessageContaining("callback.confirm to auto");
    }
    assertThat(events).isEmpty();
  }

  /** A source that is a lambda cannot find a profile without a request. */
  @Test
  void lambdaSourceConfirmsWithTheCachedProfile() throws Exception {
    try (UploadGrants plain = grants((name, caller, request) -> current);
        UploadCallbacks callbacks = receiver(plain, ConfirmMode.REQUIRED)) {
      callbacks.receive(upload(plain));
      assertThat(events)
          .extracting(UploadedObject::confirmation)
          .containsExactly(Confirmation.CONFIRMED);
    }
    try (UploadGrants restarted = grants((name, caller, request) -> current);
        UploadCallbacks callbacks = receiver(restarted, ConfirmMode.AUTO)) {
      callbacks.receive(upload(grants));
      assertThat(events.get(1).confirmation()).isEqualTo(Confirmation.UNCONFIRMED);
    }
  }

  /** The address of the tenant's bucket becomes one that is not allowed. */
  @Test
  void forbiddenAddressIsNotAsked() throws Exception {
    FakeCallback callback = upload(grants);
    try (ServerSocket victim = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      victim.setSoTimeout(100);
      URI address = URI.create("http://127.0.0.1:" + victim.getLocalPort());
      current = Optional.of(profile("acme-files", 2, address));
      for (ConfirmMode mode : List.of(ConfirmMode.AUTO, ConfirmMode.REQUIRED)) {
        try (UploadCallbacks callbacks = receiver(grants, mode)) {
          assertThat(
                  LoggedLines.warnings(
                      UploadGrants.class.getName(),
                      () ->
                          assertThatThrownBy(() -> callbacks.receive(callback))
                              .isInstanceOfSatisfying(
                                  CallbackRefusedException.class,
                                  e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CONFIRMED))))
              .singleElement()
              .asString()
              .contains("tenants.endpoints", "acme/images");
        }
      }
      assertThatThrownBy(victim::accept).isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(events).isEmpty();
  }

  /** The tenant's profile has the name of a configured profile that has a quota. */
  @Test
  void quotaOfAConfiguredProfileDoesNotCountTenants() throws Exception {
    List<String> called = new CopyOnWriteArrayList<>();
    QuotaLedger ledger =
        (QuotaLedger)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {QuotaLedger.class},
                (proxy, method, arguments) -> {
                  called.add(method.getName());
                  return method.getReturnType() == Optional.class ? Optional.empty() : null;
                });
    UploadReports reports =
        new UploadReports(tickets, events::add, CallbackMemory.inProcess())
            .ledger(ledger)
            .counting(profile -> true);
    try (UploadCallbacks callbacks =
        UploadCallbacks.builder(tickets, reports)
            .verifier(CallbackVerifier.builder().publicKeys(FakeCallback.pem(KEY)).build())
            .build()) {
      callbacks.receive(upload(grants));
    }
    assertThat(events).hasSize(1);
    assertThat(called).contains("reported").doesNotContain("stored");
  }

  /** A source that also finds profiles without a request. */
  private final class Found implements ProfileSource {
    @Override
    public Optional<TenantProfile> find(String name, Caller caller, RequestView request) {
      return current;
    }

    @Override
    public Optional<TenantProfile> find(ProfileId id) {
      return current.filter(profile -> profile.id().equals(id));
    }
  }

  private TenantProfile profile(String bucket, long revision) {
    return profile(bucket, revision, oss.endpoint());
  }

  private static TenantProfile profile(String bucket, long revision, URI endpoint) {
    return TenantProfile.builder(
            ID,
            revision,
            UploadProfile.builder("images")
                .bucket(OssBucket.of(bucket, "cn-hangzhou").at(endpoint))
                .build())
        .credentials(OssCredentialsProvider.of(OssCredentials.of("LTAIacme", "acme-secret")))
        .build();
  }

  private UploadGrants grants(ProfileSource source) {
    return UploadGrants.builder(OssBucket.of("main-files", "cn-hangzhou"))
        .credentials(OssCredentialsProvider.of(OssCredentials.of("LTAImain", "secret")))
        .tickets(tickets)
        .source(source)
        .endpointRules(EndpointRules.official().allowing(List.of(oss.endpoint().toString())))
        .build();
  }

  private UploadCallbacks receiver(UploadGrants of, ConfirmMode mode) {
    return UploadCallbacks.builder(tickets, events::add)
        .verifier(CallbackVerifier.builder().publicKeys(FakeCallback.pem(KEY)).build())
        .confirm(mode, of.serverAccess(bucket -> bucket))
        .build();
  }

  /** Uploads a file, and returns the callback that describes it. */
  private FakeCallback upload(UploadGrants of) throws Exception {
    PostGrant grant;
    try (OfferLease lease = of.lease("images", ALICE, RequestView.none()).orElseThrow()) {
      grant = lease.offer().post(PostFormat.FORM, ALICE, PlannedUpload.of("a.png"));
    }
    String bucket = current.orElseThrow().profile().bucket().orElseThrow().name();
    assertThat(FormPost.send(grant.url(), grant.fields(), "a.png", "image/png", PHOTO).statusCode())
        .isEqualTo(200);
    String key = grant.key().orElseThrow().value();
    String etag = oss.object(bucket, key).orElseThrow().etag().replace("\"", "");
    return FakeCallback.post(
            "/cb",
            String.format(
                "{\"bucket\":\"%s\",\"object\":\"%s\",\"size\":%d,\"mimeType\":\"image/png\","
                    + "\"etag\":\"%s\",\"reqId\":\"65F3A1\",\"ticket\":\"%s\"}",
                bucket, key, PHOTO.length, etag, grant.ticket().orElseThrow()))
        .signed(KEY);
  }
}
