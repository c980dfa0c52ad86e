package io.osspost;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.admission.Admission;
import io.osspost.object.BucketRef;
import io.osspost.object.ObjectKey;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadVars;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.MultipartUpload;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Checks at startup that a ticket has room for all variables of a profile, besides the longest
 * caller, directory, object and type. Otherwise the mistake would appear only for some users.
 */
final class LongestTicket {
  /** The longest name of a caller. Longer ones are refused when they request a grant. */
  static final int LETTERS_OF_CALLER = 200;

  /** Longer than any known extension. */
  private static final String EXTENSION = ".markdown";

  private LongestTicket() {}

  /**
   * Checks an offer whose profile has variables.
   *
   * @throws IllegalArgumentException if a ticket or callback could be longer than allowed
   */
  static void require(
      OfferSettings offer, BucketRef bucket, Admission admission, Ticketing tickets) {
    UploadProfile profile = offer.profile();
    if (profile.vars().isEmpty()) {
      return;
    }
    String prefix = admission.longestPrefix(LETTERS_OF_CALLER);
    String name = "x".repeat(profile.naming().longestName()) + EXTENSION;
    int room = Math.max(1, ObjectKey.MAX_BYTES - prefix.getBytes(UTF_8).length);
    String key = prefix + name.substring(Math.max(0, name.length() - room));
    try {
      GrantTerms terms = terms(profile, bucket, prefix, new ObjectKey(key));
      tickets.issueLongest(terms);
      if (offer.kinds().contains(GrantKind.MULTIPART)) {
        tickets.issueLongest(
            new MultipartUpload(terms, "0".repeat(MultipartUpload.LONGEST_ID), 1L << 40));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Profile '"
              + profile.name()
              + "' has variables of up to "
              + UploadVars.MAX_BYTES
              + " bytes, for which a ticket or callback has no room beside the longest name of an"
              + " object: "
              + e.getMessage()
              + " Shorten profiles."
              + profile.name()
              + ".dir, use naming: uuid, or remove profiles."
              + profile.name()
              + ".vars.",
          e);
    }
  }

  private static GrantTerms terms(
      UploadProfile profile, BucketRef bucket, String prefix, ObjectKey key) {
    return GrantTerms.builder(UUID.randomUUID(), bucket.name(), Instant.EPOCH)
        .kind(GrantKind.MULTIPART.code(), PostFormat.LEGACY.code())
        .profile(profile.name())
        .profileId(bucket.profile())
        .object(prefix, Optional.of(key))
        .type(profile.contentTypes().stream().max(Comparator.comparingInt(String::length)))
        .sizes(1L << 50, 1L << 50)
        .callback(profile.callback())
        .mark(true)
        .caller(Caller.named("x".repeat(LETTERS_OF_CALLER)))
        .vars(longest(profile))
        .build();
  }

  private static UploadVars longest(UploadProfile profile) {
    TreeMap<String, String> values = new TreeMap<>();
    int names = 0;
    for (String name : profile.vars()) {
      values.put(name, "");
      names += name.length();
    }
    values.put(profile.vars().get(0), "x".repeat(UploadVars.MAX_BYTES - names));
    return UploadVars.of(values);
  }
}
