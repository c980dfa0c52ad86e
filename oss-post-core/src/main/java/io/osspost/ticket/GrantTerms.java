package io.osspost.ticket;

import io.osspost.object.ObjectKey;
import io.osspost.profile.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The terms of a grant: everything that it fixes. A retry and a callback are compared with them as
 * a whole. Immutable.
 *
 * @param grantId the number of the first grant; a retry keeps it
 * @param kind the grant kind's code, such as {@code post}
 * @param format the format's code, such as {@code form}
 * @param profile the name of the profile
 * @param bucket the bucket's name
 * @param prefix the directory, empty or ending in a slash
 * @param key the object's full name, if the server chose it; it begins with {@code prefix}
 * @param type the registered media type, if it is known
 * @param minSize the smallest size in bytes
 * @param maxSize the largest size in bytes
 * @param forbidOverwrite whether OSS rejects the upload if the object exists
 * @param callback whether OSS calls back after the upload
 * @param mark whether the object carries the grant id as {@link UploadTickets#MARK}
 * @param caller the caller that received the grant
 * @param firstGrantedAt when the first grant was made, in whole seconds; a retry keeps it
 * @param expiresAt when this grant expires, in whole seconds
 */
public record GrantTerms(
    UUID grantId,
    String kind,
    String format,
    String profile,
    String bucket,
    String prefix,
    Optional<ObjectKey> key,
    Optional<String> type,
    long minSize,
    long maxSize,
    boolean forbidOverwrite,
    boolean callback,
    boolean mark,
    Caller caller,
    Instant firstGrantedAt,
    Instant expiresAt) {
  /**
   * Checks the terms and truncates both instants to whole seconds.
   *
   * @param grantId any
   * @param kind any
   * @param format any
   * @param profile any
   * @param bucket not empty
   * @param prefix empty, or ending in a slash
   * @param key in {@code prefix}, or empty
   * @param type any
   * @param minSize 0 or more
   * @param maxSize not below {@code minSize}
   * @param forbidOverwrite any
   * @param callback any
   * @param mark any
   * @param caller may be anonymous
   * @param firstGrantedAt any
   * @param expiresAt any
   * @throws IllegalArgumentException if bucket, prefix, key or sizes are invalid
   */
  public GrantTerms {
    Objects.requireNonNull(grantId, "grantId");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(caller, "caller");
    if (bucket.isEmpty()) {
      throw new IllegalArgumentException("A grant is for one bucket. Name it.");
    }
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new IllegalArgumentException(
          "Directory '" + prefix + "' also begins other directories. End it with a slash.");
    }
    if (key.isPresent() && !key.get().value().startsWith(prefix)) {
      throw new IllegalArgumentException(
          "Object '" + key.get() + "' is not in directory '" + prefix + "'.");
    }
    if (minSize < 0 || maxSize < minSize) {
      throw new IllegalArgumentException(
          "Sizes need 0 <= min <= max, but got " + minSize + ".." + maxSize + ".");
    }
    firstGrantedAt = firstGrantedAt.truncatedTo(ChronoUnit.SECONDS);
    expiresAt = expiresAt.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Returns these terms as a repetition of {@code first}: under its grant id and object name, in
   * the chain of retries that it began, and until the same instant. Repeats it exactly if the
   * result equals {@code first}.
   *
   * @param first the terms of an earlier grant
   * @return a copy
   */
  public GrantTerms repeating(GrantTerms first) {
    return new GrantTerms(
        first.grantId,
        kind,
        format,
        profile,
        bucket,
        first.prefix,
        first.key,
        type,
        minSize,
        maxSize,
        forbidOverwrite,
        callback,
        mark,
        caller,
        first.firstGrantedAt,
        first.expiresAt);
  }

  /**
   * Returns the same terms until another instant.
   *
   * @param end when the grant expires
   * @return a copy
   */
  public GrantTerms until(Instant end) {
    return new GrantTerms(
        grantId,
        kind,
        format,
        profile,
        bucket,
        prefix,
        key,
        type,
        minSize,
        maxSize,
        forbidOverwrite,
        callback,
        mark,
        caller,
        firstGrantedAt,
        end);
  }

  /**
   * {@return whether an object of that name is what was granted}
   *
   * @param object the object's name
   */
  public boolean admitsKey(ObjectKey object) {
    return key.map(object::equals).orElseGet(() -> object.value().startsWith(prefix));
  }

  /**
   * {@return whether an object of that size is what was granted}
   *
   * @param size in bytes
   */
  public boolean admitsSize(long size) {
    return minSize <= size && size <= maxSize;
  }
}
