package io.osspost.ticket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.object.ObjectKey;
import io.osspost.profile.Caller;
import io.osspost.ticket.TicketRefusedException.Reason;
import io.osspost.wire.Hmac;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Tickets: what a grant was for, in a short text nobody else can make. A ticket travels with the
 * callback and back, and a client may show it again to have the same object granted once more.
 * Thread-safe.
 *
 * <p>A ticket is {@code base64url(terms || HMAC-SHA256(terms))}: signed, not encrypted. It permits
 * nothing by itself.
 */
public final class UploadTickets {
  /** The object header that carries the grant id. Only the holder of that grant can set it. */
  public static final String MARK = "x-oss-meta-grant";

  /** No ticket is longer. */
  static final int MAX_CHARS = 2048;

  private static final int MIN_SECRET_CHARS = 32;
  private static final int MAC_BYTES = 32;
  private static final byte VERSION = 3;
  private static final int EXACT = 1;
  private static final int FORBID_OVERWRITE = 2;
  private static final int CALLBACK = 4;
  private static final int MARKED = 8;
  private static final String PURPOSE = "oss-post upload ticket";

  private final Hmac mac;
  private final Duration grace;

  private UploadTickets(Hmac mac, Duration grace) {
    this.mac = mac;
    this.grace = grace;
  }

  /**
   * Tickets that every server with the same secret makes and accepts.
   *
   * @param secret at least 32 characters nobody can guess
   * @return tickets accepted for a day after their grant
   * @throws IllegalArgumentException when {@code secret} is shorter
   */
  public static UploadTickets withSecret(String secret) {
    if (secret.strip().length() < MIN_SECRET_CHARS) {
      throw new IllegalArgumentException(
          "The ticket secret has less than "
              + MIN_SECRET_CHARS
              + " characters. Make one with 'openssl rand -base64 32'.");
    }
    return keyed(secret.getBytes(UTF_8));
  }

  /** {@return tickets that only this process makes and accepts: lost when it ends} */
  public static UploadTickets withRandomSecret() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return keyed(secret);
  }

  private static UploadTickets keyed(byte[] secret) {
    // A key of its own, should the operator use the same secret for something else.
    byte[] key = Hmac.sha256(secret).update(PURPOSE).finish();
    return new UploadTickets(Hmac.sha256(key), Duration.ofDays(1));
  }

  /**
   * The same tickets, accepted for {@code grace} after the grant has ended; a day unless set. OSS
   * calls back when an upload ends, and a long one ends well after its grant.
   *
   * @param grace 0 seconds to 30 days
   * @return a copy with the same secret
   * @throws IllegalArgumentException when {@code grace} is negative or longer
   */
  public UploadTickets grace(Duration grace) {
    if (grace.isNegative() || grace.compareTo(Duration.ofDays(30)) > 0) {
      throw new IllegalArgumentException(
          "A ticket is accepted 0 seconds to 30 days after its grant, not " + grace + ".");
    }
    return new UploadTickets(mac, grace);
  }

  /**
   * Writes {@code terms} as a ticket: letters, digits, {@code -} and {@code _} only, 200 to 400
   * characters as a rule.
   *
   * @param terms what was granted
   * @return the ticket
   * @throws IllegalArgumentException when the ticket would have more than 2048 characters
   */
  public String issue(GrantTerms terms) {
    String name = terms.key().map(key -> key.value().substring(terms.prefix().length())).orElse("");
    byte[][] texts = {
      terms.kind().getBytes(UTF_8),
      terms.format().getBytes(UTF_8),
      terms.profile().getBytes(UTF_8),
      terms.bucket().getBytes(UTF_8),
      terms.prefix().getBytes(UTF_8),
      name.getBytes(UTF_8),
      terms.type().orElse("").getBytes(UTF_8),
      terms.caller().principal().orElse("").getBytes(UTF_8)
    };
    int length = 2 + 6 * Long.BYTES + MAC_BYTES;
    for (byte[] text : texts) {
      length += Short.BYTES + text.length;
    }
    if ((length * 4 + 2) / 3 > MAX_CHARS) {
      throw new IllegalArgumentException(
          "The names of what is granted, and to whom, come to "
              + length
              + " bytes and do not fit into a ticket. Shorten the directory.");
    }
    ByteBuffer ticket = ByteBuffer.allocate(length).put(VERSION);
    ticket.put(flags(terms));
    ticket.putLong(terms.grantId().getMostSignificantBits());
    ticket.putLong(terms.grantId().getLeastSignificantBits());
    ticket.putLong(terms.minSize()).putLong(terms.maxSize());
    ticket.putLong(terms.firstGrantedAt().getEpochSecond());
    ticket.putLong(terms.expiresAt().getEpochSecond());
    for (byte[] text : texts) {
      ticket.putShort((short) text.length).put(text);
    }
    byte[] signed = Arrays.copyOf(ticket.array(), ticket.position());
    ticket.put(mac.copy().update(signed).finish());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(ticket.array());
  }

  private static byte flags(GrantTerms terms) {
    return (byte)
        ((terms.key().isPresent() ? EXACT : 0)
            | (terms.forbidOverwrite() ? FORBID_OVERWRITE : 0)
            | (terms.callback() ? CALLBACK : 0)
            | (terms.mark() ? MARKED : 0));
  }

  /**
   * Reads a ticket of ours that is not too old at {@code now}.
   *
   * @param ticket a text from a callback or a client
   * @param now what its age is counted to
   * @return the terms it was issued for
   * @throws TicketRefusedException when it is forged, damaged or too old
   */
  public GrantTerms verify(String ticket, Instant now) {
    byte[] decoded = decode(ticket);
    byte[] signed = Arrays.copyOf(decoded, decoded.length - MAC_BYTES);
    byte[] received = Arrays.copyOfRange(decoded, signed.length, decoded.length);
    if (!MessageDigest.isEqual(received, mac.copy().update(signed).finish())) {
      throw forged();
    }
    GrantTerms terms = read(ByteBuffer.wrap(signed));
    if (now.isAfter(lastUse(terms))) {
      throw new TicketRefusedException(
          Reason.EXPIRED,
          "The ticket's grant ended at " + terms.expiresAt() + ", which is too long ago.",
          "Ask for a new grant; if uploads take longer, accept tickets for longer.");
    }
    return terms;
  }

  /**
   * {@return the last instant at which a ticket of these terms is accepted}
   *
   * @param terms the terms of a ticket
   */
  public Instant lastUse(GrantTerms terms) {
    return terms.expiresAt().plus(grace);
  }

  private static byte[] decode(String ticket) {
    if (ticket.length() > MAX_CHARS) {
      throw forged();
    }
    byte[] decoded;
    try {
      decoded = Base64.getUrlDecoder().decode(ticket.getBytes(UTF_8));
    } catch (IllegalArgumentException e) {
      throw forged();
    }
    // The decoder takes padding and loose bits at the end, which would be other texts for a ticket.
    byte[] canonical = Base64.getUrlEncoder().withoutPadding().encode(decoded);
    if (decoded.length <= MAC_BYTES || !ticket.equals(new String(canonical, US_ASCII))) {
      throw forged();
    }
    return decoded;
  }

  /** Reads what {@link #issue} wrote: the MAC has been checked. */
  private static GrantTerms read(ByteBuffer signed) {
    try {
      if (signed.get() != VERSION) {
        throw forged();
      }
      byte flags = signed.get();
      UUID grantId = new UUID(signed.getLong(), signed.getLong());
      long minSize = signed.getLong();
      long maxSize = signed.getLong();
      Instant firstGrantedAt = Instant.ofEpochSecond(signed.getLong());
      Instant expiresAt = Instant.ofEpochSecond(signed.getLong());
      String kind = text(signed);
      String format = text(signed);
      String profile = text(signed);
      String bucket = text(signed);
      String prefix = text(signed);
      String name = text(signed);
      String type = text(signed);
      String principal = text(signed);
      return GrantTerms.builder(grantId, bucket, firstGrantedAt)
          .kind(kind, format)
          .profile(profile)
          .object(
              prefix,
              (flags & EXACT) != 0 ? Optional.of(new ObjectKey(prefix + name)) : Optional.empty())
          .type(type.isEmpty() ? Optional.empty() : Optional.of(type))
          .sizes(minSize, maxSize)
          .forbidOverwrite((flags & FORBID_OVERWRITE) != 0)
          .callback((flags & CALLBACK) != 0)
          .mark((flags & MARKED) != 0)
          .caller(principal.isEmpty() ? Caller.anonymous() : Caller.named(principal))
          .expiresAt(expiresAt)
          .build();
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw forged();
    }
  }

  private static String text(ByteBuffer signed) {
    byte[] text = new byte[Short.toUnsignedInt(signed.getShort())];
    signed.get(text);
    return new String(text, UTF_8);
  }

  private static TicketRefusedException forged() {
    return new TicketRefusedException(
        Reason.FORGED,
        "The ticket is not one of this server's.",
        "If there are several servers, or this one was restarted, give them all the same ticket"
            + " secret.");
  }

  /** Tells nothing of the secret. */
  @Override
  public String toString() {
    return "UploadTickets[accepted until " + grace + " after the grant]";
  }
}
