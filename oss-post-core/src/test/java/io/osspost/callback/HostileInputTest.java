package io.osspost.callback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.object.ObjectKey;
import io.osspost.profile.Caller;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.TicketRefusedException;
import io.osspost.ticket.UploadTickets;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Random and damaged bodies and tickets: each is read or refused, and never an error. */
class HostileInputTest {
  private static final int MUTATIONS = 20_000;
  private static final Instant NOW = Instant.parse("2024-03-15T08:15:30Z");

  private final Random random = new Random(20240315);

  @Test
  void everyMutatedBodyIsReadOrRefused() throws IOException {
    List<byte[]> corpus = bodies().stream().map(line -> line.getBytes(UTF_8)).toList();
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] body = mutated(corpus.get(random.nextInt(corpus.size())));
      try {
        CallbackBody parsed = CallbackBody.read(body);
        parsed.ticket();
        parsed.image();
        parsed.others();
        parsed.bucket();
        parsed.object();
        parsed.size();
        parsed.etag();
        read++;
      } catch (CallbackRefusedException e) {
        assertThat(e.reason()).isEqualTo(CallbackRefusedException.Reason.BODY_MALFORMED);
      }
    }
    assertThat(read).isPositive();
  }

  @Test
  void everyMutatedTicketIsRefused() {
    UploadTickets tickets = UploadTickets.withRandomSecret();
    String ticket = tickets.issue(terms());
    int accepted = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      String text = new String(mutated(ticket.getBytes(ISO_8859_1)), ISO_8859_1);
      try {
        tickets.verify(text, NOW);
        accepted += text.equals(ticket) ? 0 : 1;
      } catch (TicketRefusedException e) {
        assertThat(e.reason()).isEqualTo(TicketRefusedException.Reason.FORGED);
      }
    }
    assertThat(accepted).isZero();
    assertThat(tickets.verify(ticket, NOW)).isEqualTo(terms());
  }

  /** Changes, drops, doubles or inserts some bytes. */
  private byte[] mutated(byte[] original) {
    byte[] bytes = original.clone();
    for (int change = 1 + random.nextInt(3); change > 0 && bytes.length > 0; change--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes = spliced(bytes, at, 1, 0);
        case 2 -> bytes = spliced(bytes, at, 0, 1 + random.nextInt(8));
        default -> bytes = spliced(bytes, 0, 0, bytes.length);
      }
    }
    return bytes;
  }

  /** Leaves out {@code drop} bytes at {@code at}, and repeats the {@code repeat} bytes before. */
  private static byte[] spliced(byte[] bytes, int at, int drop, int repeat) {
    int again = at == 0 ? Math.min(repeat, bytes.length) : Math.min(repeat, at);
    int from = at == 0 ? 0 : at - again;
    byte[] spliced = new byte[bytes.length - drop + again];
    System.arraycopy(bytes, 0, spliced, 0, at);
    System.arraycopy(bytes, from, spliced, at, again);
    System.arraycopy(bytes, at + drop, spliced, at + again, bytes.length - at - drop);
    return spliced;
  }

  private static List<String> bodies() throws IOException {
    try (InputStream corpus =
        HostileInputTest.class.getResourceAsStream("/corpus/callback-bodies.txt")) {
      return new String(Objects.requireNonNull(corpus).readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static GrantTerms terms() {
    return GrantTerms.builder(new UUID(1, 2), "examplebucket", NOW)
        .object("uploads/", Optional.of(new ObjectKey("uploads/a.png")))
        .type(Optional.of("image/png"))
        .sizes(1, 1024)
        .forbidOverwrite(true)
        .callback(true)
        .mark(true)
        .caller(Caller.named("alice"))
        .build();
  }
}
