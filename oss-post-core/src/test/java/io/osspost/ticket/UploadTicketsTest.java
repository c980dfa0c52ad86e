package io.osspost.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.object.ObjectKey;
import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadVars;
import io.osspost.ticket.TicketRefusedException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTicketsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final Instant NOW = Instant.parse("2024-03-15T08:15:30Z");

  private final UploadTickets tickets = UploadTickets.withSecret(SECRET);

  @Test
  void ticketReturnsItsTerms() {
    Random random = new Random(20240315);
    for (int i = 0; i < 2_000; i++) {
      GrantTerms terms = terms(random);
      String ticket = tickets.issue(terms);
      assertThat(ticket).matches("[A-Za-z0-9_-]{100,2048}");
      assertThat(tickets.verify(ticket, NOW)).usingRecursiveComparison().isEqualTo(terms);
    }
  }

  @Test
  void aTypicalTicketIsShort() {
    String directory = "uploads/alice/0b0f7b1e-6a4e-4c6a-9a39-8c2b8a3c9d11/";
    GrantTerms terms =
        GrantTerms.builder(UUID.randomUUID(), "examplebucket", NOW)
            .object(directory, Optional.of(new ObjectKey(directory + UUID.randomUUID() + ".jpeg")))
            .type(Optional.of("image/jpeg"))
            .sizes(1, 10 << 20)
            .forbidOverwrite(true)
            .callback(true)
            .mark(true)
            .caller(Caller.named("alice"))
            .build();
    assertThat(tickets.issue(terms)).hasSizeLessThan(340);
  }

  @Test
  void anyChangedCharacterIsRefused() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/.% ";
    for (int length = 0; length < 3; length++) { // Every position of the last group of Base64.
      String ticket = tickets.issue(named("a".repeat(5 + length)));
      for (int at = 0; at < ticket.length(); at++) {
        for (int i = 0; i < alphabet.length(); i++) {
          char c = alphabet.charAt(i);
          if (c != ticket.charAt(at)) {
            assertForged(ticket.substring(0, at) + c + ticket.substring(at + 1));
          }
        }
      }
    }
  }

  @Test
  void longerShorterAndRearrangedTicketsAreRefused() {
    String ticket = tickets.issue(named("alice"));
    for (int end = 0; end < ticket.length(); end++) {
      assertForged(ticket.substring(0, end));
    }
    for (String tail : List.of("=", "==", "A", "AAAA", "\n", " ", "%3D")) {
      assertForged(ticket + tail);
      assertForged(tail + ticket);
    }
    assertForged(ticket + ticket);
    assertForged("A".repeat(2049));
    assertForged("A".repeat(1_000_000));
    byte[] bytes = Base64.getUrlDecoder().decode(ticket);
    assertForged(Base64.getUrlEncoder().encodeToString(Arrays.copyOf(bytes, 40)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ticket", "null", "undefined", "中", "\u0000", "AAAA"})
  void whatNeverWasATicketIsRefused(String text) {
    assertForged(text);
  }

  @Test
  void anotherSecretsTicketIsRefused() {
    GrantTerms terms = named("alice");
    assertForged(UploadTickets.withSecret(SECRET + "!").issue(terms));
    assertForged(UploadTickets.withRandomSecret().issue(terms));
    assertThatThrownBy(
            () ->
                UploadTickets.withRandomSecret()
                    .verify(UploadTickets.withRandomSecret().issue(terms), NOW))
        .isInstanceOf(TicketRefusedException.class);
  }

  @Test
  void everyServerWithTheSecretAcceptsTheTicket() {
    String ticket = tickets.issue(named("alice"));
    assertThatCode(() -> UploadTickets.withSecret(SECRET).verify(ticket, NOW))
        .doesNotThrowAnyException();
  }

  @Test
  void aTicketOutlivesItsGrantByADayBecauseUploadsDo() {
    String ticket = tickets.issue(named("alice"));
    Instant end = NOW.plusSeconds(600);
    assertThatCode(() -> tickets.verify(ticket, end.plus(Duration.ofDays(1))))
        .doesNotThrowAnyException();
    assertExpired(tickets, ticket, end.plus(Duration.ofDays(1)).plusMillis(1));
    UploadTickets strict = tickets.grace(Duration.ZERO);
    assertThatCode(() -> strict.verify(ticket, end)).doesNotThrowAnyException();
    assertExpired(strict, ticket, end.plusMillis(1));
  }

  @Test
  void rejectsInvalidArguments() {
    assertRefusedArgument(() -> UploadTickets.withSecret("too short"), "openssl rand");
    assertRefusedArgument(() -> UploadTickets.withSecret(" ".repeat(40)), "openssl rand");
    assertRefusedArgument(() -> tickets.grace(Duration.ofSeconds(-1)), "30 days");
    assertRefusedArgument(() -> terms("", "a/", null, 0, 1), "bucket");
    assertRefusedArgument(() -> terms("bucket", "a", null, 0, 1), "slash");
    assertRefusedArgument(() -> terms("bucket", "a/", "b/c", 0, 1), "not in directory");
    assertRefusedArgument(() -> terms("bucket", "a/", null, 2, 1), "0 <= min <= max");
    assertRefusedArgument(() -> tickets.issue(named("é".repeat(800))), "its ticket would have");
    assertThat(tickets.issue(named("é".repeat(600)))).hasSizeLessThanOrEqualTo(2048);
  }

  @Test
  void nothingPrintsTheSecret() {
    assertThat(tickets.toString()).doesNotContain(SECRET);
    assertThatThrownBy(() -> UploadTickets.withSecret("hunter2"))
        .hasMessageNotContaining("hunter2");
  }

  private void assertForged(String ticket) {
    assertThatThrownBy(() -> tickets.verify(ticket, NOW))
        .isInstanceOfSatisfying(
            TicketRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FORGED));
  }

  private static void assertExpired(UploadTickets tickets, String ticket, Instant now) {
    assertThatThrownBy(() -> tickets.verify(ticket, now))
        .isInstanceOfSatisfying(
            TicketRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.EXPIRED));
  }

  private static void assertRefusedArgument(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static GrantTerms named(String principal) {
    return GrantTerms.builder(new UUID(1, 2), "examplebucket", NOW)
        .object("uploads/", Optional.of(new ObjectKey("uploads/photo.png")))
        .type(Optional.of("image/png"))
        .sizes(1, 1024)
        .forbidOverwrite(true)
        .callback(true)
        .mark(true)
        .caller(Caller.named(principal))
        .expiresAt(NOW.plusSeconds(600))
        .build();
  }

  private static void terms(String bucket, String prefix, String key, long min, long max) {
    GrantTerms.builder(new UUID(1, 2), bucket, NOW)
        .object(prefix, Optional.ofNullable(key).map(ObjectKey::new))
        .sizes(min, max)
        .forbidOverwrite(true)
        .callback(true)
        .mark(true)
        .build();
  }

  private static GrantTerms terms(Random random) {
    String prefix = random.nextInt(8) == 0 ? "" : "uploads/" + text(random, 200) + "/";
    return GrantTerms.builder(
            new UUID(random.nextLong(), random.nextLong()),
            "examplebucket",
            NOW.minusSeconds(random.nextInt(100_000)))
        .kind(random.nextBoolean() ? "post" : "put", random.nextBoolean() ? "form" : "legacy")
        .profile("p" + text(random, 30))
        .profileId(
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new ProfileId("t" + random.nextInt(1_000), "p.1_a-b")))
        .object(
            prefix,
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new ObjectKey(prefix + "k" + text(random, 60))))
        .type(random.nextBoolean() ? Optional.empty() : Optional.of("image/" + text(random, 60)))
        .sizes(random.nextInt(1000), 1000 + Math.abs(random.nextLong() >> 2))
        .forbidOverwrite(random.nextBoolean())
        .callback(random.nextBoolean())
        .mark(random.nextBoolean())
        .caller(random.nextInt(4) == 0 ? Caller.anonymous() : Caller.named("u" + text(random, 60)))
        .expiresAt(NOW.plusSeconds(random.nextInt(100_000)))
        .filename(
            random.nextBoolean() ? Optional.empty() : Optional.of("f" + text(random, 60) + ".png"))
        .vars(
            random.nextBoolean()
                ? UploadVars.none()
                : UploadVars.of(Map.of("order", text(random, 60), "note", "合同=&")))
        .build();
  }

  private static String text(Random random, int longest) {
    String alphabet = "abc/\"\\=&%${}<é中";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest / 3); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
