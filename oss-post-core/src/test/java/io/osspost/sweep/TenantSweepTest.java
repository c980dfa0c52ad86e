package io.osspost.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.OfferLease;
import io.osspost.PostFormat;
import io.osspost.PostGrant;
import io.osspost.ProfileSource;
import io.osspost.TenantProfile;
import io.osspost.UploadGrants;
import io.osspost.callback.CallbackMemory;
import io.osspost.callback.UploadConfirmation;
import io.osspost.callback.UploadReports;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.ledger.GrantRecorder;
import io.osspost.ledger.GrantState;
import io.osspost.ledger.MemoryLedger;
import io.osspost.object.EndpointRules;
import io.osspost.object.OssBucket;
import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.RequestView;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.ServerAccess;
import io.osspost.testsupport.FormPost;
import io.osspost.ticket.UploadTickets;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sweep over grants of tenants, whose profiles it finds without a request. */
class TenantSweepTest {
  private static final Caller ALICE = Caller.named("alice");
  private static final byte[] PHOTO = "a photo".getBytes(UTF_8);
  private static final Duration AFTER_GRACE = Duration.ofMinutes(21);

  private final UploadTickets tickets = UploadTickets.withRandomSecret();
  private final MemoryLedger ledger = new MemoryLedger();
  private final List<UploadedObject> events = new CopyOnWriteArrayList<>();

  /** The bucket of each tenant. */
  private final Map<String, String> table = new ConcurrentHashMap<>();

  /** The passes until now; each one is a day after the one before. */
  private int passes;

  private OssEmulator oss;

  /** The endpoint of all tenants' buckets. */
  private URI endpoint = URI.create("https://oss-cn-hangzhou.aliyuncs.com");

  @BeforeEach
  void start() {
    oss =
        OssEmulator.builder()
            .inMemory()
            .bucket("acme-files")
            .bucket("globex-files")
            .bucket("acme-new")
            .accessKey("LTAIacme", "acme-secret")
            .accessKey("LTAIglobex", "globex-secret")
            .start();
    endpoint = oss.endpoint();
    table.put("acme", "acme-files");
    table.put("globex", "globex-files");
  }

  @AfterEach
  void stop() {
    oss.close();
  }

  @Test
  void uploadsOfAllTenantsAreReportedAfterARestart() throws Exception {
    try (UploadGrants grants = grants(Clock.systemUTC())) {
      upload(grants, "acme");
      upload(grants, "globex");
    }
    pass();
    assertThat(events)
        .extracting(event -> event.profileId().orElseThrow().tenant() + " " + event.bucket())
        .containsExactlyInAnyOrder("acme acme-files", "globex globex-files");
    assertThat(ledger.states()).containsOnly(GrantState.REPORTED);
  }

  @Test
  void changedBucketKeepsTheGrantOpen() throws Exception {
    try (UploadGrants grants = grants(Clock.systemUTC())) {
      upload(grants, "acme");
    }
    table.put("acme", "acme-new");
    pass();
    assertThat(events).isEmpty();
    assertThat(ledger.states()).containsOnly(GrantState.OPEN);
    table.put("acme", "acme-files");
    pass();
    assertThat(events).hasSize(1);
  }

  @Test
  void forbiddenAddressIsNotAsked() throws Exception {
    try (UploadGrants grants = grants(Clock.systemUTC())) {
      upload(grants, "acme");
    }
    try (ServerSocket victim = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      victim.setSoTimeout(100);
      endpoint = URI.create("http://127.0.0.1:" + victim.getLocalPort());
      pass();
      assertThatThrownBy(victim::accept).isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(events).isEmpty();
    assertThat(ledger.states()).containsOnly(GrantState.OPEN);
    endpoint = oss.endpoint();
    pass();
    assertThat(events).hasSize(1);
  }

  /** Sweeps once, in a new process, after the end of the grants. */
  private void pass() {
    Clock later = Clock.offset(Clock.systemUTC(), AFTER_GRACE.plusDays(passes++));
    try (UploadGrants grants = grants(Clock.systemUTC())) {
      ServerAccess access = grants.serverAccess(bucket -> bucket);
      UploadReports reports =
          new UploadReports(tickets, events::add, CallbackMemory.inProcess()).ledger(ledger);
      try (UploadConfirmation confirmation = new UploadConfirmation(reports, access);
          Sweep sweep = new Sweep(ledger, confirmation, access, later, Duration.ofHours(1))) {
        sweep.pass();
      }
    }
  }

  private UploadGrants grants(Clock clock) {
    return UploadGrants.builder(OssBucket.of("main-files", "cn-hangzhou"))
        .credentials(OssCredentialsProvider.of(OssCredentials.of("LTAImain", "secret")))
        .tickets(tickets)
        .clock(clock)
        .recorder(GrantRecorder.of(ledger, Duration.ofMinutes(10), true))
        .source(new Table())
        .endpointRules(EndpointRules.official().allowing(List.of(oss.endpoint().toString())))
        .build();
  }

  private void upload(UploadGrants grants, String tenant) throws Exception {
    try (OfferLease lease = grants.lease("images", ALICE, new HostOf(tenant)).orElseThrow()) {
      PostGrant grant = lease.offer().post(PostFormat.FORM, ALICE, PlannedUpload.of("a.png"));
      assertThat(
              FormPost.send(grant.url(), grant.fields(), "a.png", "image/png", PHOTO).statusCode())
          .isEqualTo(200);
    }
  }

  /** A request to the host of a tenant. */
  private record HostOf(String tenant) implements RequestView {
    @Override
    public Optional<String> host() {
      return Optional.of(tenant);
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }
  }

  private final class Table implements ProfileSource {
    @Override
    public Optional<TenantProfile> find(String name, Caller caller, RequestView request) {
      return request.host().flatMap(tenant -> find(new ProfileId(tenant, name)));
    }

    @Override
    public Optional<TenantProfile> find(ProfileId id) {
      return Optional.ofNullable(table.get(id.tenant())).map(bucket -> profile(id, bucket));
    }
  }

  private TenantProfile profile(ProfileId id, String bucket) {
    OssCredentials key = OssCredentials.of("LTAI" + id.tenant(), id.tenant() + "-secret");
    return TenantProfile.builder(
            id,
            1,
            UploadProfile.builder(id.id())
                .bucket(OssBucket.of(bucket, "cn-hangzhou").at(endpoint))
                .build())
        .credentials(OssCredentialsProvider.of(key))
        .build();
  }
}
