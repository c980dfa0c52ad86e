package io.osspost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.BucketRef;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.RequestView;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.ServerAccess;
import io.osspost.testsupport.LoggedLines;
import io.osspost.ticket.GrantTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The revisions of tenants' profiles: when they are opened, replaced and closed. */
class TenantOffersTest {
  private static final Caller ALICE = Caller.named("alice");

  private final Map<String, TenantProfile> profiles = new HashMap<>();
  private final List<String> opened = new CopyOnWriteArrayList<>();
  private final List<String> closed = new CopyOnWriteArrayList<>();

  @Test
  void revisionIsOpenedOnceAndClosedAfterItsLastUse() {
    try (UploadGrants grants = grants(10)) {
      put("a", 1);
      OfferLease first = lease(grants, "a");
      OfferLease second = lease(grants, "a");
      assertThat(opened).containsExactly("a1");
      put("a", 2);
      lease(grants, "a").close();
      assertThat(opened).containsExactly("a1", "a2");
      first.close();
      assertThat(closed).isEmpty();
      second.offer().post(PostFormat.FORM, ALICE, PlannedUpload.of("a.png"));
      second.close();
      assertThat(closed).containsExactly("a1");
    }
    assertThat(closed).containsExactly("a1", "a2");
  }

  /** A request that read an old row before the change must not bring the old revision back. */
  @Test
  void olderRevisionDoesNotReplaceANewerOne() {
    try (UploadGrants grants = grants(10)) {
      put("a", 2);
      lease(grants, "a").close();
      put("a", 1);
      try (OfferLease lease = lease(grants, "a")) {
        assertThat(lease.offer().profile().maxSize()).isEqualTo(2);
      }
      assertThat(opened).containsExactly("a2");
      assertThat(closed).isEmpty();
    }
  }

  /** Applications close it too, and some close twice. */
  @Test
  void useThatIsClosedTwiceEndsOnce() {
    try (UploadGrants grants = grants(2)) {
      put("a", 1);
      OfferLease used = lease(grants, "a");
      OfferLease other = lease(grants, "a");
      other.close();
      other.close();
      put("a", 2);
      lease(grants, "a").close();
      assertThat(closed).as("a1 is in use").isEmpty();
      used.close();
      assertThat(closed).containsExactly("a1");
    }
  }

  @Test
  void refusedTicketEndsTheUse() {
    try (UploadGrants grants = grants(2)) {
      profiles.put("a", ofDirectory(1, "public/"));
      GrantTerms terms =
          GrantTerms.builder(UUID.randomUUID(), "acme-files", Instant.EPOCH)
              .profile("a")
              .profileId(Optional.of(new ProfileId("acme", "a")))
              .object("public/", Optional.empty())
              .build();
      grants.standing(terms, Caller.anonymous(), RequestView.none()).close();
      profiles.put("a", ofDirectory(2, "users/{principal}/"));
      assertThatThrownBy(() -> grants.standing(terms, Caller.anonymous(), RequestView.none()))
          .isInstanceOf(UploadRefusedException.class)
          .hasMessageContaining("separate directory");
    }
    assertThat(closed).containsExactlyElementsOf(opened).hasSize(2);
  }

  @Test
  void leastRecentlyUsedProfileIsRemoved() {
    try (UploadGrants grants = grants(2)) {
      put("a", 1);
      put("b", 1);
      put("c", 1);
      OfferLease used = lease(grants, "a");
      lease(grants, "b").close();
      lease(grants, "a").close();
      lease(grants, "c").close();
      assertThat(grants.cachedProfiles()).isEqualTo(2);
      assertThat(closed).containsExactly("b1");
      lease(grants, "b").close();
      assertThat(closed).as("a is in use").containsExactly("b1");
      used.close();
      assertThat(closed).containsExactly("b1", "a1");
    }
    assertThat(closed).hasSameSizeAs(opened);
  }

  @Test
  void grantsThatAreClosedInUseCloseAfterTheLastUse() {
    UploadGrants grants = grants(2);
    put("a", 1);
    OfferLease used = lease(grants, "a");
    grants.close();
    assertThat(closed).isEmpty();
    assertThatThrownBy(() -> lease(grants, "a")).isInstanceOf(IllegalStateException.class);
    used.close();
    assertThat(closed).containsExactly("a1");
  }

  @Test
  void credentialsOfTheApplicationAreNotClosed() {
    try (UploadGrants grants = grants(2)) {
      profiles.put("a", profile("a", 1).credentials(credentials("a1")).build());
      lease(grants, "a").close();
      profiles.put("a", profile("a", 2).credentials(credentials("a2")).build());
      lease(grants, "a").close();
    }
    assertThat(closed).isEmpty();
  }

  @Test
  void failedRevisionIsTriedAgain() {
    try (UploadGrants grants = grants(2)) {
      profiles.put(
          "a",
          profile("a", 1)
              .openCredentials(
                  () -> {
                    if (opened.isEmpty()) {
                      opened.add("failed");
                      throw new CredentialsUnavailableException("not yet");
                    }
                    return credentials("a1");
                  })
              .build());
      assertThatThrownBy(() -> lease(grants, "a"))
          .isInstanceOf(CredentialsUnavailableException.class);
      assertThat(grants.cachedProfiles()).isZero();
      lease(grants, "a").close();
      assertThat(grants.cachedProfiles()).isEqualTo(1);
    }
  }

  /** The check of the kinds happens after the credentials were opened. */
  @Test
  void credentialsOfAnImpossibleProfileAreClosed() {
    try (UploadGrants grants = grants(2)) {
      profiles.put(
          "a",
          profile("a", 1)
              .kinds(Set.of(GrantKind.TOKEN))
              .openCredentials(() -> credentials("a1"))
              .build());
      assertThatThrownBy(() -> lease(grants, "a"))
          .isInstanceOf(InvalidTenantProfileException.class);
      assertThat(opened).isEqualTo(closed);
      assertThat(grants.cachedProfiles()).isZero();
    }
  }

  @Test
  void profileNeedsBucketCredentialsAndTheRequestedName() {
    ProfileId id = new ProfileId("acme", "a");
    UploadProfile unplaced = UploadProfile.builder("a").build();
    assertThatThrownBy(() -> TenantProfile.builder(id, 1, unplaced))
        .hasMessageContaining("has no bucket");
    assertThatThrownBy(() -> profile("a", 1).build()).hasMessageContaining("no credentials");
    UploadProfile counted =
        UploadProfile.builder("a").bucket(OssBucket.of("acme", "cn-hangzhou")).quota(1).build();
    assertThatThrownBy(() -> TenantProfile.builder(id, 1, counted)).hasMessageContaining("quota");
    for (String name : List.of("", "a/b", "..", "a\n", "x".repeat(64))) {
      assertThatThrownBy(() -> new ProfileId(name, "a")).hasMessageContaining("is not a tenant");
    }
    try (UploadGrants grants = grants(2)) {
      profiles.put("other", profile("a", 1).openCredentials(() -> credentials("a1")).build());
      assertThatThrownBy(() -> lease(grants, "other"))
          .isInstanceOf(InvalidTenantProfileException.class)
          .hasMessageContaining("requested name");
    }
  }

  /** The second profile would otherwise get the limits of the first. */
  @Test
  void profilesWithTheSameIdAreRefused() {
    try (UploadGrants grants = grants(2)) {
      put("a", 1);
      lease(grants, "a").close();
      UploadProfile other =
          UploadProfile.builder("b").bucket(OssBucket.of("acme-files", "cn-hangzhou")).build();
      profiles.put(
          "b",
          TenantProfile.builder(new ProfileId("acme", "a"), 1, other)
              .credentials(credentials("b1"))
              .build());
      assertThatThrownBy(() -> lease(grants, "b"))
          .isInstanceOf(InvalidTenantProfileException.class)
          .hasMessageContaining("'a' and 'b' have the same id");
      try (OfferLease first = lease(grants, "a")) {
        assertThat(first.offer().profile().name()).isEqualTo("a");
      }
    }
  }

  /** A source that has profiles for the server's own requests only. */
  private static ProfileSource foundById(Function<ProfileId, TenantProfile> profiles) {
    return new ProfileSource() {
      @Override
      public Optional<TenantProfile> find(String name, Caller caller, RequestView request) {
        return Optional.empty();
      }

      @Override
      public Optional<TenantProfile> find(ProfileId id) {
        return Optional.of(profiles.apply(id));
      }
    };
  }

  /** The request would otherwise be signed with the credentials of another tenant. */
  @Test
  void profileOfAnotherTenantIsRefused() {
    ProfileSource source = foundById(id -> profile("a", 1).credentials(credentials("a1")).build());
    try (UploadGrants grants = grants(2, source)) {
      ServerAccess access = grants.serverAccess(bucket -> bucket);
      ObjectRequest head = ObjectRequest.head(new ObjectKey("a.png"));
      BucketRef own = new BucketRef("acme-files", Optional.of(new ProfileId("acme", "a")));
      assertThat(access.sign(own, head, Duration.ofMinutes(1))).isPresent();
      BucketRef other = new BucketRef("acme-files", Optional.of(new ProfileId("globex", "a")));
      assertThatThrownBy(() -> access.sign(other, head, Duration.ofMinutes(1)))
          .isInstanceOf(InvalidTenantProfileException.class)
          .hasMessageContaining("for a request of 'globex/a'");
    }
  }

  /** A tenant may be able to write any text into its row, and exceptions repeat it. */
  @Test
  void failureOfTheSourceIsOneLineOfTheLog() {
    ProfileSource source =
        foundById(
            id -> {
              throw new IllegalStateException("endpoint 'a\nERROR forged'");
            });
    try (UploadGrants grants = grants(2, source)) {
      ServerAccess access = grants.serverAccess(bucket -> bucket);
      ObjectRequest head = ObjectRequest.head(new ObjectKey("a.png"));
      BucketRef bucket = new BucketRef("acme-files", Optional.of(new ProfileId("acme", "a")));
      List<String> warnings =
          LoggedLines.warnings(
              "io.osspost.UploadGrants",
              () ->
                  assertThatThrownBy(() -> access.sign(bucket, head, Duration.ofMinutes(1)))
                      .isInstanceOf(IllegalStateException.class));
      assertThat(warnings)
          .singleElement()
          .asString()
          .contains("No request is sent to bucket 'acme-files'", "forged")
          .doesNotContain("\n");
    }
  }

  @Test
  void secretsAreNotPrinted() {
    TenantProfile profile = profile("a", 1).credentials(credentials("a1")).build();
    assertThat(profile).hasToString("TenantProfile[acme/a, revision 1]");
  }

  private void put(String name, long revision) {
    profiles.put(
        name, profile(name, revision).openCredentials(() -> credentials(name + revision)).build());
  }

  private TenantProfile ofDirectory(long revision, String dir) {
    UploadProfile limits =
        UploadProfile.builder("a")
            .bucket(OssBucket.of("acme-files", "cn-hangzhou"))
            .dir(dir)
            .build();
    return TenantProfile.builder(new ProfileId("acme", "a"), revision, limits)
        .openCredentials(() -> credentials("a" + revision))
        .build();
  }

  private static TenantProfile.Builder profile(String name, long revision) {
    return TenantProfile.builder(
        new ProfileId("acme", name),
        revision,
        UploadProfile.builder(name)
            .bucket(OssBucket.of("acme-files", "cn-hangzhou"))
            .maxSize(revision)
            .build());
  }

  private OssCredentialsProvider credentials(String name) {
    opened.add(name);
    OssCredentials key = OssCredentials.of("LTAI" + name, "secret");
    return new OssCredentialsProvider() {
      @Override
      public OssCredentials resolve() {
        assertThat(closed).doesNotContain(name);
        return key;
      }

      @Override
      public void close() {
        closed.add(name);
      }
    };
  }

  private UploadGrants grants(int cached) {
    return grants(cached, (name, caller, request) -> Optional.ofNullable(profiles.get(name)));
  }

  private static UploadGrants grants(int cached, ProfileSource source) {
    return UploadGrants.builder(OssBucket.of("main-files", "cn-hangzhou"))
        .credentials(OssCredentialsProvider.of(OssCredentials.of("LTAImain", "secret")))
        .source(source)
        .cachedProfiles(cached)
        .build();
  }

  private static OfferLease lease(UploadGrants grants, String name) {
    return grants.lease(name, ALICE, RequestView.none()).orElseThrow();
  }
}
