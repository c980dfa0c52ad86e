package io.osspost.ticket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.ticket.TicketRefusedException.Reason;
import io.osspost.wire.UserFileName;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Issues and verifies tickets: the terms of a grant in a short text that only this server can make.
 * OSS sends the ticket back in its callback. A client may send it with a retry, to request another
 * grant for the same object. Thread-safe.
 *
 * <p>A ticket is {@code base64url(terms || HMAC-SHA256(terms))}: signed, not encrypted. A ticket of
 * a grant alone permits nothing. That of an upload in parts lets its caller continue the upload.
 */
public final class UploadTickets {
  /** The object header that carries the grant id. Only the holder of that grant can set it. */
  public static final String MARK = "x-oss-meta-grant";

  private static final int MIN_SECRET_CHARS = 32;
  private static final String PURPOSE = "oss-post upload ticket";
  private static final String MULTIPART_PURPOSE = "oss-post multipart ticket";

  private final SealedText ofGrants;
  private final SealedText ofMultipart;
  private final Duration grace;

  private UploadTickets(SealedText ofGrants, SealedText ofMultipart, Duration grace) {
    this.ofGrants = ofGrants;
    this.ofMultipart = ofMultipart;
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
    return new UploadTickets(
        new SealedText(secret, PURPOSE),
        new SealedText(secret, MULTIPART_PURPOSE),
        Duration.ofDays(1));
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
    return new UploadTickets(ofGrants, ofMultipart, grace);
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
    return ofGrants.seal(TermsBytes.write(terms));
  }

  /**
   * Shortens the file name of {@code terms}, so that their ticket has at most 2048 characters.
   *
   * @param terms the terms of a grant
   * @param reserved the bytes that the ticket has besides the terms
   * @return the same terms; without the file name if there is no room for it
   */
  public GrantTerms fit(GrantTerms terms, int reserved) {
    if (terms.filename().isEmpty()) {
      return terms;
    }
    int room =
        SealedText.MAX_BYTES - reserved - TermsBytes.length(terms.withFilename(Optional.empty()));
    return terms.withFilename(
        terms.filename().map(name -> UserFileName.cut(name, room)).filter(name -> !name.isEmpty()));
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
    GrantTerms terms = TermsBytes.read(ByteBuffer.wrap(ofGrants.open(ticket)));
    if (now.isAfter(lastUse(terms))) {
      throw new TicketRefusedException(
          Reason.EXPIRED,
          "The ticket's grant expired at " + terms.expiresAt() + ", which is too long ago.",
          "Request a new grant. If uploads take longer, increase the grace period of the tickets.");
    }
    return terms;
  }

  /**
   * Writes the ticket of an upload in parts. {@link #verify} refuses it.
   *
   * @param upload the started upload
   * @return the ticket
   * @throws IllegalArgumentException if the ticket would have more than 2048 characters
   */
  public String issue(MultipartUpload upload) {
    return ofMultipart.seal(
        TermsBytes.write(upload.terms(), upload.uploadId(), String.valueOf(upload.partSize())));
  }

  /**
   * Reads and verifies the ticket of an upload in parts, which may have ended.
   *
   * @param ticket a text from a client
   * @return the upload that it was issued for; its terms have its end
   * @throws TicketRefusedException if it is forged or damaged
   */
  public MultipartUpload verifyMultipart(String ticket) {
    ByteBuffer bytes = ByteBuffer.wrap(ofMultipart.open(ticket));
    GrantTerms terms = TermsBytes.read(bytes);
    return new MultipartUpload(
        terms, TermsBytes.text(bytes), Long.parseLong(TermsBytes.text(bytes)));
  }

  /**
   * {@return the last instant at which a ticket of these terms is accepted}
   *
   * @param terms the terms of a ticket
   */
  public Instant lastUse(GrantTerms terms) {
    return terms.expiresAt().plus(grace);
  }

  /** Returns the grace period, never the secret. */
  @Override
  public String toString() {
    return "UploadTickets[accepted until " + grace + " after the grant expires]";
  }
}
