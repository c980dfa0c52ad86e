package io.osspost.ticket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.object.ObjectKey;
import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadVars;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Writes the terms of a grant as bytes, and reads them. */
final class TermsBytes {
  private static final byte VERSION = 5;
  private static final int EXACT = 1;
  private static final int FORBID_OVERWRITE = 2;
  private static final int CALLBACK = 4;
  private static final int MARKED = 8;
  private static final int OWN_TEXTS = 12;

  private TermsBytes() {}

  /**
   * Writes the terms.
   *
   * @param others further texts, which {@link #text} reads after the terms
   * @throws IllegalArgumentException if a ticket of them would be too long
   */
  static byte[] write(GrantTerms terms, String... others) {
    byte[][] texts = texts(terms, others);
    int length = length(texts);
    if (SealedText.isTooLong(length)) {
      throw new IllegalArgumentException(
          "The grant's names are too long: its ticket would have "
              + length
              + " bytes, and at most "
              + SealedText.MAX_BYTES
              + " are possible. Shorten the directory.");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).put(VERSION);
    bytes.put(flags(terms));
    bytes.putLong(terms.grantId().getMostSignificantBits());
    bytes.putLong(terms.grantId().getLeastSignificantBits());
    bytes.putLong(terms.minSize()).putLong(terms.maxSize());
    bytes.putLong(terms.firstGrantedAt().getEpochSecond());
    bytes.putLong(terms.expiresAt().getEpochSecond());
    for (byte[] text : texts) {
      bytes.putShort((short) text.length).put(text);
    }
    return bytes.array();
  }

  /** Returns the number of bytes that {@link #write} writes. */
  static int length(GrantTerms terms) {
    return length(texts(terms));
  }

  private static int length(byte[][] texts) {
    int length = 2 + 6 * Long.BYTES;
    for (byte[] text : texts) {
      length += Short.BYTES + text.length;
    }
    return length;
  }

  private static byte[][] texts(GrantTerms terms, String... others) {
    String name = terms.key().map(key -> key.value().substring(terms.prefix().length())).orElse("");
    byte[][] texts = new byte[OWN_TEXTS + others.length][];
    texts[0] = terms.kind().getBytes(UTF_8);
    texts[1] = terms.format().getBytes(UTF_8);
    texts[2] = terms.profile().getBytes(UTF_8);
    texts[3] = terms.bucket().getBytes(UTF_8);
    texts[4] = terms.prefix().getBytes(UTF_8);
    texts[5] = name.getBytes(UTF_8);
    texts[6] = terms.type().orElse("").getBytes(UTF_8);
    texts[7] = terms.caller().principal().orElse("").getBytes(UTF_8);
    texts[8] = terms.profileId().map(ProfileId::tenant).orElse("").getBytes(UTF_8);
    texts[9] = terms.profileId().map(ProfileId::id).orElse("").getBytes(UTF_8);
    texts[10] = terms.filename().orElse("").getBytes(UTF_8);
    texts[11] = terms.vars().toText().getBytes(UTF_8);
    for (int i = 0; i < others.length; i++) {
      texts[OWN_TEXTS + i] = others[i].getBytes(UTF_8);
    }
    return texts;
  }

  /**
   * Reads terms that {@link #write} wrote. Their seal has been checked.
   *
   * @throws TicketRefusedException if they are of another version
   */
  static GrantTerms read(ByteBuffer bytes) {
    try {
      if (bytes.get() != VERSION) {
        throw SealedText.forged();
      }
      byte flags = bytes.get();
      UUID grantId = new UUID(bytes.getLong(), bytes.getLong());
      long minSize = bytes.getLong();
      long maxSize = bytes.getLong();
      Instant firstGrantedAt = Instant.ofEpochSecond(bytes.getLong());
      Instant expiresAt = Instant.ofEpochSecond(bytes.getLong());
      String kind = text(bytes);
      String format = text(bytes);
      String profile = text(bytes);
      String bucket = text(bytes);
      String prefix = text(bytes);
      String name = text(bytes);
      String type = text(bytes);
      String principal = text(bytes);
      String tenant = text(bytes);
      String id = text(bytes);
      String filename = text(bytes);
      String vars = text(bytes);
      return GrantTerms.builder(grantId, bucket, firstGrantedAt)
          .kind(kind, format)
          .profile(profile)
          .profileId(tenant.isEmpty() ? Optional.empty() : Optional.of(new ProfileId(tenant, id)))
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
          .filename(filename.isEmpty() ? Optional.empty() : Optional.of(filename))
          .vars(UploadVars.ofText(vars))
          .build();
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw SealedText.forged();
    }
  }

  static String text(ByteBuffer bytes) {
    byte[] text = new byte[Short.toUnsignedInt(bytes.getShort())];
    bytes.get(text);
    return new String(text, UTF_8);
  }

  private static byte flags(GrantTerms terms) {
    return (byte)
        ((terms.key().isPresent() ? EXACT : 0)
            | (terms.forbidOverwrite() ? FORBID_OVERWRITE : 0)
            | (terms.callback() ? CALLBACK : 0)
            | (terms.mark() ? MARKED : 0));
  }
}
