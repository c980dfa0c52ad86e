package io.osspost;

import static io.osspost.GrantFixture.LONG_TERM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.KeyNaming;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadVars;
import io.osspost.ticket.CallbackParameter;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.MultipartUpload;
import io.osspost.ticket.UploadTickets;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The longest settings that startup accepts, with the longest names, callers and variables of a
 * client: a ticket has at most 2,048 characters, and a callback 5 KB.
 */
class LongestTicketTest {
  private static final int TICKET = 2048;
  private static final int CALLBACK = 5 * 1024;
  private static final int CALLER = 200;
  private static final long SIZE = 1234;
  private static final long PART_SIZE = 1L << 40;
  private static final Instant NOW = Instant.parse("2024-11-27T23:59:59Z");
  private static final String UPLOAD_ID = "0".repeat(MultipartUpload.LONGEST_ID);

  /** The longest bucket name, and a type with a long extension. */
  private static final OssBucket BUCKET = OssBucket.of("b".repeat(63), "cn-hangzhou");

  private static final String TYPE = "text/markdown";

  private static final List<String> NAMES =
      List.of("order", "note", "a", "b", "c-d_e", "f".repeat(32), "g", "h");

  private static final List<String> FILES =
      List.of(
          "x".repeat(300) + ".markdown", "合".repeat(300) + ".markdown", "😀".repeat(200), "a.md");

  private static final List<String> CALLERS =
      List.of("x".repeat(CALLER), "合".repeat(CALLER / 3), "/".repeat(CALLER), "\"".repeat(CALLER));

  private final UploadTickets tickets = UploadTickets.withRandomSecret();

  enum Naming {
    UUID,
    DATE_UUID,
    AS_NAMED;

    KeyNaming naming() {
      return switch (this) {
        case UUID -> KeyNaming.uuid();
        case DATE_UUID -> KeyNaming.dateUuid();
        case AS_NAMED -> KeyNaming.asNamed();
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Naming.class)
  void grantsBelowTheLongestDirectoryHaveATicket(Naming naming) {
    int longest = longest(bytes -> starts(profile(naming, bytes), callback(1)), 450);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grants(profile(naming, longest + 1), callback(1)))
        .withMessageContaining("Profile 'p' has variables of up to 512 bytes")
        .withMessageContaining("Shorten profiles.p.dir");

    UploadGrants grants = grants(profile(naming, longest), callback(1));
    for (String name : CALLERS) {
      for (PlannedUpload planned : plannedUploads()) {
        Caller caller = Caller.named(name);
        PostGrant form = grants.post("p", PostFormat.FORM, caller, planned);
        assertThat(termsOf(form.ticket().orElseThrow()).vars()).isEqualTo(planned.vars());
        PutGrant put = grants.put("p", PutFormat.FORM, caller, planned);
        assertThat(termsOf(put.ticket().orElseThrow()).vars()).isEqualTo(planned.vars());

        GrantTerms terms = grants.offers().get(0).multipart(caller, planned).terms();
        String parts = tickets.issue(new MultipartUpload(terms.until(NOW), UPLOAD_ID, PART_SIZE));
        assertThat(parts.length()).isLessThanOrEqualTo(TICKET);
        assertThat(tickets.verifyMultipart(parts).terms().vars()).isEqualTo(planned.vars());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void grantsWithTheLongestCallbackUrlHaveACallback(boolean imageInfo) {
    int directory = longest(bytes -> starts(profile(Naming.UUID, bytes), callback(1)), 450);
    UploadProfile profile = builder(Naming.UUID, directory).imageInfo(imageInfo).build();
    int longest = longest(bytes -> starts(profile, callback(bytes)), 3000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grants(profile, callback(longest + 1)))
        .withMessageContaining("OSS accepts at most " + CALLBACK)
        .withMessageContaining(imageInfo ? "remove profiles.p.image-info" : "Remove some URLs");

    UploadGrants grants = grants(profile, callback(longest));
    for (PlannedUpload planned : plannedUploads()) {
      PostGrant form = grants.post("p", PostFormat.FORM, Caller.named(CALLERS.get(0)), planned);
      assertThat(form.fields().get("callback").length()).isBetween(CALLBACK / 2, CALLBACK);
      assertThat(form.ticket().orElseThrow().length()).isLessThanOrEqualTo(TICKET);
    }
  }

  private GrantTerms termsOf(String ticket) {
    assertThat(ticket.length()).isLessThanOrEqualTo(TICKET);
    return tickets.verify(ticket, NOW);
  }

  /** Each file with the most bytes of variables, in one variable, in eight, and in Chinese. */
  private static List<PlannedUpload> plannedUploads() {
    Map<String, String> eight = new TreeMap<>();
    NAMES.forEach(name -> eight.put(name, "=".repeat(512 / NAMES.size() - name.length())));
    List<Map<String, String>> all =
        List.of(
            eight,
            Map.of(NAMES.get(0), "\"".repeat(512 - NAMES.get(0).length())),
            Map.of(NAMES.get(0), "合".repeat((512 - NAMES.get(0).length()) / 3)));
    List<PlannedUpload> planned = new ArrayList<>();
    for (String file : FILES) {
      for (Map<String, String> vars : all) {
        planned.add(PlannedUpload.of(file).type(TYPE).size(SIZE).vars(UploadVars.of(vars)));
      }
    }
    return planned;
  }

  private static int longest(IntPredicate starts, int tooMany) {
    assertThat(starts.test(tooMany)).isFalse();
    int accepted = 1;
    int refused = tooMany;
    while (refused - accepted > 1) {
      int between = (accepted + refused) >>> 1;
      if (starts.test(between)) {
        accepted = between;
      } else {
        refused = between;
      }
    }
    return accepted;
  }

  private boolean starts(UploadProfile profile, Supplier<CallbackParameter> callback) {
    try {
      grants(profile, callback);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private UploadGrants grants(UploadProfile profile, Supplier<CallbackParameter> callback) {
    return UploadGrants.builder(BUCKET)
        .credentials(OssCredentialsProvider.of(LONG_TERM))
        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
        .tickets(tickets)
        .callback(callback.get())
        .profile(profile, Set.of(GrantKind.POST, GrantKind.PUT, GrantKind.MULTIPART))
        .build();
  }

  private static UploadProfile profile(Naming naming, int directory) {
    return builder(naming, directory).build();
  }

  private static UploadProfile.Builder builder(Naming naming, int directory) {
    return UploadProfile.builder("p")
        .dir("d".repeat(directory) + "/{principal}/{uuid}/")
        .naming(naming.naming())
        .contentTypes(List.of(TYPE))
        .vars(NAMES);
  }

  private static Supplier<CallbackParameter> callback(int path) {
    URI url = URI.create("https://www.example.com/" + "x".repeat(path));
    return () -> CallbackParameter.builder(url).reportUploads().build();
  }
}
