package io.osspost.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.osspost.GrantKind;
import io.osspost.PostFormat;
import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.ledger.GrantEnd;
import io.osspost.ledger.GrantState;
import io.osspost.ledger.LeasedGrant;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.ticket.UploadTickets;
import io.osspost.web.UploadEndpoints;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks that this module, which compiles against core's exports alone, uses every public type. */
class PublicTypesTest {
  private static final OssCredentials TEMPORARY =
      OssCredentials.temporary(
          "STS.exampleId", "exampleSecret", "exampleToken", Instant.parse("2124-01-01T00:00:00Z"));

  private final OssCredentialsProvider credentials = OssCredentialsProvider.of(TEMPORARY);
  private final UploadTickets tickets = UploadTickets.withRandomSecret();

  @Test
  void everyPublicTypeIsUsed() throws Exception {
    URI core = UploadGrants.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    Set<String> exported =
        ModuleFinder.of(Path.of(core))
            .find("io.osspost.core")
            .orElseThrow()
            .descriptor()
            .exports()
            .stream()
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet());
    Set<String> types =
        new ClassFileImporter()
            .importPackages(exported).stream()
                .filter(type -> exported.contains(type.getPackageName()) && type.isTopLevelClass())
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    JavaClasses ours = new ClassFileImporter().importPath(Path.of("target", "classes"));
    Set<String> used =
        ours.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .map(type -> type.getName().replaceFirst("\\$.*", ""))
            .collect(Collectors.toSet());
    assertThat(types).hasSizeGreaterThan(40);
    assertThat(used).containsAll(types);
  }

  @Test
  void ownLedgerRecordsGrants() {
    OwnLedger ledger = new OwnLedger();
    UploadGrants grants =
        Operations.recorded(
                UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou")), ledger)
            .credentials(credentials)
            .tickets(tickets)
            .profile(UploadProfile.builder("pictures").build())
            .build();
    Instant before = Instant.now();
    grants.post(
        "pictures",
        PostFormat.FORM,
        Caller.anonymous(),
        PlannedUpload.of("a.png").type("image/png"));
    assertThat(ledger.summary().waiting(GrantState.OPEN)).isEqualTo(1);
    assertThat(ledger.open(5).get(0).dueAt()).isAfter(before.plusSeconds(1100));

    Instant later = before.plusSeconds(4000);
    LeasedGrant leased = ledger.lease(later, Duration.ofMinutes(5), 5).get(0);
    assertThat(ledger.lease(later, Duration.ofMinutes(5), 5)).isEmpty();
    assertThat(ledger.mark(leased, GrantState.ABSENT, Optional.empty())).isTrue();
    assertThat(ledger.reported(leased.terms(), false)).contains(GrantState.LATE);
    assertThat(ledger.summary().oldestDue()).isEmpty();
    assertThat(Operations.describe(new GrantEnd(leased.terms(), GrantState.LATE)))
        .isEqualTo("pictures LATE");
    assertThat(Operations.wasAlmostLost(Endpoints.picture())).isFalse();
    assertThat(Operations.describe(UploadEndpoints.builder(grants).build())).isEqualTo("no ledger");
  }

  @Test
  void tenantHasItsOwnBucket() {
    Tenants tenants = new Tenants(credentials);
    assertThat(tenants.bucketOf(Caller.anonymous())).isEqualTo("acme-files");
    assertThat(tenants.reaches("acme-files")).isTrue();
    assertThat(tenants.reaches("examplebucket")).isFalse();
  }

  @Test
  void grantsAreMadeWithoutSettings() {
    GrantingServer server =
        new GrantingServer(credentials, GrantingServer.vendorOf(credentials), tickets);
    assertThat(server.describe()).startsWith("pictures -> examplebucket");
    assertThat(server.form("alice", "a.png", 5)).contains("x-oss-signature", "callback");
    assertThat(server.form("alice", "a.png", 5 << 20)).startsWith("file-too-large");
    assertThat(server.url("alice", "a.png").getQuery()).contains("x-oss-signature=");
    assertThat(server.directory("alice")).isEqualTo("pictures/alice/");
    assertThat(server.download("pictures/a.png", "合同.png").getRawQuery())
        .contains("filename%2A%3DUTF-8%27%27%25E5%2590%2588");
    assertThat(GrantingServer.receipt("a.png", 17).vars().values()).containsEntry("order", "17");
    assertThat(server.link("pictures/a.png").getPath()).isEqualTo("/pictures/a.png");
    assertThat(Signing.form(TEMPORARY, Instant.now())).containsKey("policy");
  }

  @Test
  void largeFilesAreDividedIntoParts() {
    UploadGrants grants =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(credentials)
            .tickets(tickets)
            .profile(
                UploadProfile.builder("videos").maxSize(1L << 40).build(),
                Set.of(GrantKind.MULTIPART))
            .build();
    try (LargeUploads uploads = new LargeUploads(grants, tickets, stored -> {}, credentials)) {
      PlannedUpload film = PlannedUpload.of("film.mp4").type("video/mp4").size(20L << 30);
      assertThat(uploads.parts("alice", film)).isEqualTo(2560);
    }
  }

  @Test
  void endpointsAreOpenedFromSettings() {
    Endpoints application = new Endpoints();
    UploadEndpoints endpoints =
        application.open(Map.of("bucket", "examplebucket", "region", "cn-hangzhou"), credentials);
    assertThat(endpoints.paths()).contains("/get_post_signature_for_oss_upload");
    assertThat(Endpoints.picture().image().orElseThrow().width()).isEqualTo(640);
    assertThat(application.terms(tickets, "forged", Instant.now())).startsWith("FORGED");
  }
}
