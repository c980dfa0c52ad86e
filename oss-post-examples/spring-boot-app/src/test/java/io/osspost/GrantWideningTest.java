package io.osspost;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.Enforcement.Setting;
import io.osspost.Enforcement.Treatment;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.emulator.rules.EmulatorRule;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.KeyNaming;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.ticket.UploadTickets;
import io.osspost.wire.MediaTypes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Random profiles, requests, and changed forms and URLs, under random readings of OSS's documents.
 * No stored object lies outside the profile, except where {@link Enforcement} documents it.
 */
class GrantWideningTest {
  private static final OssCredentials LONG_TERM =
      OssCredentials.of("LTAIlongterm", "longtermsecret");
  private static final OssCredentials TEMPORARY =
      OssCredentials.temporary("STS.temporary", "temporarysecret", "CAIS+/=");
  private static final Caller ALICE = Caller.named("alice");
  private static final UploadTickets TICKETS = UploadTickets.withRandomSecret();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /**
   * Mutes the messages about the weaknesses of each profile. The field keeps the logger, which is
   * referenced weakly.
   */
  private static final Logger QUIET = Logger.getLogger(UploadGrants.class.getName());

  static {
    QUIET.setLevel(Level.WARNING);
  }

  private static final RandomEmulators EMULATORS = new RandomEmulators();

  private static int unchanged;
  private static int unchangedStored;
  private static int stored;
  private static int cases;

  @Property(tries = 2_000)
  void nothingStoredLiesOutsideOfTheProfile(@ForAll long seed) throws Exception {
    new Case(new Random(seed)).run();
  }

  @Property(tries = 100_000)
  @Tag("full")
  void nothingStoredLiesOutsideOfTheProfileInManyCases(@ForAll long seed) throws Exception {
    new Case(new Random(seed)).run();
  }

  /** A test that refuses everything would prove nothing. */
  @AfterContainer
  static void manyUploadsWereStored() {
    EMULATORS.close();
    System.out.printf(
        Locale.ROOT,
        "%d cases, %d stored; unchanged: %d of %d stored%n",
        cases,
        stored,
        unchangedStored,
        unchanged);
    assertThat(unchangedStored).isGreaterThan(unchanged / 2);
    assertThat(stored).isGreaterThan(cases / 5);
  }

  /** One profile, one request, and up to three uploads. */
  private static final class Case {
    private static final List<Enforcement> ROWS =
        List.of(
            Enforcement.POST_FORM,
            Enforcement.POST_FORM,
            Enforcement.POST_DOCUMENTED,
            Enforcement.POST_V4,
            Enforcement.POST_V1,
            Enforcement.POST_LEGACY,
            Enforcement.PUT_FORM,
            Enforcement.PUT_TEXT,
            Enforcement.PUT_FORM_SIZED,
            Enforcement.PUT_TEXT_SIZED);

    private final Random random;
    private final OssEmulator emulator;
    private final Enforcement row;
    private final boolean byDefault;
    private final UploadProfile profile;

    Case(Random random) {
      this.random = random;
      this.emulator = EMULATORS.next(random);
      this.row = pick(ROWS);
      this.byDefault = random.nextInt(8) == 0;
      this.profile = profile();
    }

    void run() throws Exception {
      cases++;
      UploadGrants grants;
      try {
        grants = grants();
      } catch (IllegalArgumentException e) {
        return; // The operator reads at startup that the format cannot carry a setting.
      }
      PlannedUpload planned;
      Grant grant;
      String type = pick(TYPES);
      try {
        planned = planned(type);
        grant = grant(grants, planned);
      } catch (UploadRefusedException e) {
        return;
      }
      Optional<Stored> first = upload(grant, planned, type, random.nextInt(3), (byte) 'a');
      upload(grant, planned, type, random.nextInt(3), (byte) 'b');
      if (first.isPresent() && grant.ticket.isPresent()) {
        retryInEveryFormat(grants, planned.retry(grant.ticket.get()), type);
      }
    }

    private static final List<String> TYPES =
        List.of(
            "image/png",
            "image/png",
            "image/jpeg",
            "IMAGE/PNG",
            "image/x-png",
            "text/html",
            "image/png;,text/html",
            "application/octet-stream;,text/html",
            "application/octet-stream",
            "");

    private UploadProfile profile() {
      UploadProfile.Builder builder =
          UploadProfile.builder("p")
              .dir(pick(List.of("u/{principal}/{uuid}/", "d/{date}/", "u/{principal}/", "flat")))
              .naming(pick(List.of(KeyNaming.uuid(), KeyNaming.dateUuid(), KeyNaming.asNamed())))
              .contentTypes(
                  pick(
                      List.of(
                          List.of("image/png"),
                          List.of("image/png", "image/jpeg"),
                          List.of("image/*"))))
              .minSize(random.nextInt(3))
              .maxSize(10 + random.nextInt(20));
      switch (random.nextInt(4)) {
        case 0 -> builder.forbidOverwrite(true);
        case 1 -> builder.forbidOverwrite(false);
        default -> {}
      }
      if (random.nextInt(6) == 0) {
        builder.acl(pick(List.of("private", "public-read")));
      }
      if (random.nextInt(6) == 0) {
        builder.metadata(Map.of("source", "web"));
      }
      if (random.nextInt(6) == 0) {
        builder.disposition("attachment");
      }
      try {
        return builder
            .documentedFieldsOnly(row == Enforcement.POST_DOCUMENTED)
            .signLength(row == Enforcement.PUT_FORM_SIZED || row == Enforcement.PUT_TEXT_SIZED)
            .build();
      } catch (IllegalArgumentException e) {
        return UploadProfile.builder("p").documentedFieldsOnly(true).dir("u/{principal}/").build();
      }
    }

    private UploadGrants grants() {
      UploadGrants.Builder builder =
          UploadGrants.builder(
                  OssBucket.of(emulator.bucket(), emulator.region()).at(emulator.endpoint()))
              .credentials(OssCredentialsProvider.of(credentials()))
              .tickets(TICKETS);
      if (byDefault) {
        builder.profile(profile, Set.of(row.kind()));
      } else {
        builder.profile(
            profile,
            Set.of(row.kind()),
            row.kind() == GrantKind.POST
                ? List.of(PostFormat.of(row.format()).orElseThrow())
                : List.of(PostFormat.FORM),
            row.kind() == GrantKind.PUT
                ? List.of(PutFormat.of(row.format()).orElseThrow())
                : List.of(PutFormat.FORM));
      }
      return builder.build();
    }

    private OssCredentials credentials() {
      if (byDefault) {
        return random.nextBoolean() ? LONG_TERM : TEMPORARY;
      }
      return switch (row) {
        case POST_V4 -> TEMPORARY;
        case POST_V1, POST_LEGACY -> LONG_TERM;
        default -> random.nextBoolean() ? LONG_TERM : TEMPORARY;
      };
    }

    private PlannedUpload planned(String type) {
      if (row.kind() == GrantKind.POST && random.nextInt(4) == 0) {
        return PlannedUpload.unnamed();
      }
      PlannedUpload planned =
          PlannedUpload.of(pick(List.of("a.png", "evil.html", "照片.png", "../../x", "a.jpg")));
      planned = random.nextBoolean() ? planned.size(1 + random.nextInt(30)) : planned;
      return type.isEmpty() ? planned : planned.type(type);
    }

    /** The grant of a client, of either kind. */
    private record Grant(
        Enforcement row,
        Optional<String> key,
        String prefix,
        Optional<String> ticket,
        URI url,
        Map<String, String> fieldsOrHeaders) {}

    private Grant grant(UploadGrants grants, PlannedUpload planned) {
      return row.kind() == GrantKind.POST
          ? post(grants, grants.offer("p").orElseThrow().postFormats().get(0), planned)
          : put(grants, grants.offer("p").orElseThrow().putFormats().get(0), planned);
    }

    private Grant post(UploadGrants grants, PostFormat format, PlannedUpload planned) {
      PostGrant grant = grants.post("p", format, ALICE, planned);
      return new Grant(
          Enforcement.of(format, profile),
          grant.key().map(Object::toString),
          grant.prefix(),
          grant.ticket(),
          grant.url(),
          grant.fields());
    }

    private Grant put(UploadGrants grants, PutFormat format, PlannedUpload planned) {
      PutGrant grant = grants.put("p", format, ALICE, planned);
      return new Grant(
          Enforcement.of(format, profile),
          Optional.of(grant.key().value()),
          "",
          grant.ticket(),
          grant.url(),
          grant.headers());
    }

    private record Stored(String key) {}

    private Optional<Stored> upload(
        Grant grant, PlannedUpload planned, String type, int changes, byte fill)
        throws IOException, InterruptedException {
      Map<String, StoredObject> before = objects();
      String sent = type.isEmpty() || planned.type().isEmpty() ? "image/png" : type;
      int size = (int) planned.size().orElse(profile.minSize() == 0 ? 1 : profile.minSize());
      boolean changed;
      boolean typeChanged;
      String what;
      if (grant.row.kind() == GrantKind.POST) {
        SentForm form = form(grant, sent, size);
        for (int i = 0; i < changes; i++) {
          form.change(random);
        }
        changed = form.changed;
        typeChanged = form.typeChanged;
        what = form.toString();
        send(
            HttpRequest.newBuilder(grant.url)
                .header("Content-Type", "multipart/form-data; boundary=" + SentForm.BOUNDARY)
                .POST(BodyPublishers.ofByteArray(form.body(fill))));
      } else {
        SentPut put = new SentPut(grant.url, grant.fieldsOrHeaders, size);
        for (int i = 0; i < changes; i++) {
          put.change(random);
        }
        changed = put.changed;
        typeChanged = false;
        what = put.toString();
        put.send(HTTP, fill);
      }
      List<StoredObject> written = written(before, objects());
      for (StoredObject object : written) {
        stored++;
        String as = grant.row + " of " + describe() + " with " + EMULATORS.rules() + ": " + what;
        requireInside(grant, planned, object, typeChanged, as);
        requireNotReplaced(grant, before.containsKey(object.key()), as);
      }
      if (!changed && fill == 'a') {
        unchanged++;
        unchangedStored += written.isEmpty() ? 0 : 1;
      }
      return written.isEmpty() ? Optional.empty() : Optional.of(new Stored(written.get(0).key()));
    }

    private SentForm form(Grant grant, String type, int size) {
      Map<String, String> fields = new LinkedHashMap<>(grant.fieldsOrHeaders);
      if (grant.key.isEmpty()) {
        fields.put("key", grant.prefix + "page.png");
      }
      String part = type;
      if (grant.row.format().equals("form")) {
        part = fields.getOrDefault("Content-Type", "image/png");
        fields.putIfAbsent("Content-Type", part);
        if (grant.row == Enforcement.POST_FORM) {
          fields.putIfAbsent("x-oss-content-type", part);
        }
      }
      return new SentForm(fields, "a.png", part, size);
    }

    private void retryInEveryFormat(UploadGrants first, PlannedUpload retry, String type)
        throws Exception {
      UploadGrants all;
      try {
        all =
            UploadGrants.builder(
                    OssBucket.of(emulator.bucket(), emulator.region()).at(emulator.endpoint()))
                .credentials(OssCredentialsProvider.of(credentials()))
                .tickets(TICKETS)
                .profile(
                    profile,
                    Set.of(GrantKind.POST, GrantKind.PUT),
                    List.of(PostFormat.values()),
                    List.of(PutFormat.values()))
                .build();
      } catch (IllegalArgumentException e) {
        all = first;
      }
      List<Grant> grants = new ArrayList<>();
      for (PostFormat format : PostFormat.values()) {
        try {
          grants.add(post(all, format, retry));
        } catch (UploadRefusedException e) {
          // The test expects a refusal, unless it is the format of the first grant.
        }
      }
      for (PutFormat format : PutFormat.values()) {
        try {
          grants.add(put(all, format, retry));
        } catch (UploadRefusedException e) {
          // The test expects a refusal here, too.
        }
      }
      for (Grant grant : grants) {
        assertThat(grant.row.format() + grant.row.kind()).isEqualTo(row(first) + row.kind());
        upload(grant, retry, type, 0, (byte) 'c');
      }
    }

    private String row(UploadGrants grants) {
      return row.kind() == GrantKind.POST
          ? grants.offer("p").orElseThrow().postFormats().get(0).code()
          : grants.offer("p").orElseThrow().putFormats().get(0).code();
    }

    private void requireInside(
        Grant grant, PlannedUpload planned, StoredObject object, boolean typeChanged, String as) {
      if (grant.key.isPresent()) {
        assertThat(object.key()).as(as).isEqualTo(grant.key.get());
      } else {
        assertThat(object.key()).as(as).startsWith(grant.prefix);
      }
      if (holds(grant, Setting.SIZE)) {
        long least = planned.size().orElse(profile.minSize());
        long most = planned.size().orElse(profile.maxSize());
        assertThat(object.size()).as(as).isBetween(least, most);
      }
      if (holds(grant, Setting.TYPE) || !typeChanged) {
        assertThat(MediaTypes.withAliases(profile.contentTypes()))
            .as(as)
            .contains(object.contentType().toLowerCase(Locale.ROOT));
      }
      if (holds(grant, Setting.ACL)) {
        assertThat(object.acl())
            .as(as)
            .isEqualTo(
                ProfileFields.of(profile).explicit().contains("x-oss-object-acl")
                    ? ProfileFields.of(profile).common().get("x-oss-object-acl")
                    : "default");
      }
    }

    /** Checks that the operator's prohibitions hold, and the default guard where it is carried. */
    private void requireNotReplaced(Grant grant, boolean existed, String as) {
      boolean defaultGuard =
          grant.key.isPresent()
              && profile.forbidOverwrite().orElse(true)
              && (holds(grant, Setting.OVERWRITE)
                  || (byDefault && !profile.documentedFieldsOnly()));
      if ((profile.forbidOverwrite().orElse(false) || defaultGuard)
          && !EMULATORS.rules().contains(EmulatorRule.CONDITION_TARGETS_DOCUMENTED)) {
        assertThat(existed).as(as).isFalse();
      }
    }

    /**
     * Returns whether OSS enforces a setting under the readings of this emulator. If OSS ignores
     * conditions on undocumented fields, a form is like one with pin: documented.
     */
    private static boolean holds(Grant grant, Setting setting) {
      boolean documentedOnly =
          grant.row == Enforcement.POST_FORM
              && EMULATORS.rules().contains(EmulatorRule.CONDITION_TARGETS_DOCUMENTED);
      Enforcement row = documentedOnly ? Enforcement.POST_DOCUMENTED : grant.row;
      return row.treatment(setting) == Treatment.ENFORCED
          || row.treatment(setting) == Treatment.REJECTED;
    }

    private Map<String, StoredObject> objects() {
      Map<String, StoredObject> objects = new LinkedHashMap<>();
      for (String key : emulator.keys()) {
        objects.put(key, emulator.object(key).orElseThrow());
      }
      return objects;
    }

    private static List<StoredObject> written(
        Map<String, StoredObject> before, Map<String, StoredObject> after) {
      List<StoredObject> written = new ArrayList<>();
      after.forEach(
          (key, object) -> {
            StoredObject old = before.get(key);
            if (old == null
                || !old.etag().equals(object.etag())
                || !old.acl().equals(object.acl())) {
              written.add(object);
            }
          });
      return written;
    }

    private static void send(HttpRequest.Builder request) throws IOException, InterruptedException {
      HTTP.send(request.build(), BodyHandlers.discarding());
    }

    private String describe() {
      return ProfileFields.of(profile).explicit()
          + " "
          + profile.contentTypes()
          + " "
          + profile.minSize()
          + ".."
          + profile.maxSize()
          + (profile.forbidOverwrite().orElse(true) ? " guarded" : "");
    }

    private <T> T pick(List<T> values) {
      return values.get(random.nextInt(values.size()));
    }
  }
}
