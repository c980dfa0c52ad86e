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
 * Issues and verifies tickets: the terms of a grant in a short text that only this server can make.
 * OSS sends the ticket back in its callback. A client may send it with a retry, to request another
 * grant for the same object. Thread-safe.
 *
 * <p>A ticket is {@code base64url(terms || HMAC-SHA256(terms))}: signed, not encrypted. A ticket
 * alone permits nothing.
 */
public final class UploadTickets {
  /** The object header that carries the grant id. Only the holder of that grant can set it. */
  public static final String MARK = "x-oss-meta-grant";

  /** The maximum length of a ticket. */
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
   * Returns tickets that every server with the same secret can issue and verify.
   *
   * @param secret at least 32 characters that cannot be guessed
   * @return tickets that are accepted until a day after their grant expires
   * @throws IllegalArgumentException if {@code secret} is shorter
   */
  public static UploadTickets withSecret(String secret) {
    if (secret.strip().length() < MIN_SECRET_CHARS) {
      throw new IllegalArgumentException(
          "The ticket secret has fewer than "
              + MIN_SECRET_CHARS
              + " characters. Make one with 'openssl rand -base64 32'.");
    }
    return keyed(secret.getBytes(UTF_8));
  }

  /** {@return tickets with a random secret, which only this process can issue and verify} */
  public static UploadTickets withRandomSecret() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return keyed(secret);
  }

  private static UploadTickets keyed(byte[] secret) {
    // The derived key is separate, in case the operator uses the same secret elsewhere.
    byte[] key = Hmac.sha256(secret).update(PURPOSE).finish();
    return new UploadTickets(Hmac.sha256(key), Duration.ofDays(1));
  }

  /**
   * Returns the same tickets, accepted until {@code grace} after the grant expires. Defaults to a
   * day. OSS calls back at the end of an upload, which can be long after its grant expired.
   *
   * @param grace 0 seconds to 30 days
   * @return a copy with the same secret
   * @throws IllegalArgumentException if {@code grace} is negative or longer
   */
  public UploadTickets grace(Duration grace) {
    if (grace.isNegative() || grace.compareTo(Duration.ofDays(30)) > 0) {
      throw new IllegalArgumentException(
          "The grace period must be 0 seconds to 30 days, but is " + grace + ".");
    }
    return new UploadTickets(mac, grace);
  }

  /**
   * Writes {@code terms} as a ticket of letters, digits, {@code -} and {@code _}, usually 200 to
   * 400 characters long.
   *
   * @param terms the terms of the grant
   * @return the ticket
   * @throws IllegalArgumentException if the ticket would have more than 2048 characters
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
          "The grant's names are too long: its ticket would have "
              + length
              + " bytes. Shorten the directory.");
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
   * Reads and verifies a ticket.
   *
   * @param ticket a text from a callback or a client
   * @param now the instant at which the ticket must still be accepted
   * @return the terms that it was issued for
   * @throws TicketRefusedException if it is forged, damaged or too old
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
          "The ticket's grant expired at " + terms.expiresAt() + ", which is too long ago.",
          "Request a new grant. If uploads take longer, increase the grace period of the tickets.");
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
    // The decoder ignores padding and unused bits at the end. Without this check several texts
    // would be valid for one ticket.
    byte[] canonical = Base64.getUrlEncoder().withoutPadding().encode(decoded);
    if (decoded.length <= MAC_BYTES || !ticket.equals(new String(canonical, US_ASCII))) {
      throw forged();
    }
    return decoded;
  }

  /** Reads the terms that {@link #issue} wrote. The MAC has been checked. */
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
        "This server did not issue the ticket.",
        "If there are several servers, or this one was restarted, configure the same ticket "
            + "secret for all.");
  }

  /** Returns the grace period, never the secret. */
  @Override
  public String toString() {
    return "UploadTickets[accepted until " + grace + " after the grant expires]";
  }
}
