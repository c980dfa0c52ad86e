package io.osspost.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.profile.Caller;
import io.osspost.profile.Quota;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A row of table {@code oss_post_quota}: the bytes of one caller or of all callers of a profile, or
 * the lock of a caller's open uploads.
 *
 * @param id of fixed length, because names of callers are long
 * @param caller the caller; empty for all callers together, and for anonymous ones
 * @param kind one of the bits {@link #OF_CALLER}, {@link #OF_ALL} and {@link #OF_UPLOADS}
 */
record Account(String id, String profile, Optional<String> caller, int kind) {
  static final int OF_CALLER = 1;
  static final int OF_ALL = 2;

  /** A row without bytes. */
  static final int OF_UPLOADS = 4;

  /** Returns the bits of the accounts whose bytes a quota limits. */
  static int kinds(Quota quota) {
    return (quota.perCaller().isPresent() ? OF_CALLER : 0)
        | (quota.total().isPresent() ? OF_ALL : 0);
  }

  /** Returns the accounts of {@code kinds} in the order in which all transactions lock them. */
  static List<Account> of(String profile, Caller caller, int kinds) {
    List<Account> accounts = new ArrayList<>();
    if ((kinds & OF_CALLER) != 0) {
      accounts.add(
          new Account(hash(profile + "\n" + who(caller)), profile, caller.principal(), OF_CALLER));
    }
    if ((kinds & OF_ALL) != 0) {
      accounts.add(new Account(hash(profile + "\nall"), profile, Optional.empty(), OF_ALL));
    }
    accounts.sort(Comparator.comparing(Account::id));
    return accounts;
  }

  /** Returns the account that is locked while the open uploads of a caller are counted. */
  static Account ofUploads(String profile, Caller caller) {
    return new Account(
        hash(profile + "\nuploads of " + who(caller)), profile, caller.principal(), OF_UPLOADS);
  }

  private static String who(Caller caller) {
    return caller.principal().map(name -> "caller " + name).orElse("anonymous");
  }

  /** Returns 43 characters that differ for different texts. */
  static String hash(String text) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "Every Java platform must have SHA-256; this one does not", e);
    }
  }
}
