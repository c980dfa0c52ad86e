package io.osspost.ticket;

import io.osspost.object.BucketRef;
import io.osspost.object.ObjectKey;
import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadVars;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The terms of a grant: everything that it fixes. A retry and a callback are compared with all of
 * them. Immutable.
 *
 * @param grantId the id of the first grant; a retry keeps it
 * @param kind the grant kind's code, such as {@code post}
 * @param format the format's code, such as {@code form}
 * @param profile the name of the profile
 * @param profileId the tenant and the profile that it has; empty for a configured profile
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
 * @param filename the file's name as the client stated it, without directories; possibly shortened
 * @param vars the variables that the client sent
 */
public record GrantTerms(
    UUID grantId,
    String kind,
    String format,
    String profile,
    Optional<ProfileId> profileId,
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
    Instant expiresAt,
    Optional<String> filename,
    UploadVars vars) {
  /**
   * Checks the terms and truncates both instants to whole seconds.
   *
   * @param grantId any
   * @param kind any
   * @param format any
   * @param profile any
   * @param profileId any
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
   * @param filename any
   * @param vars any
   * @throws IllegalArgumentException if bucket, prefix, key or sizes are invalid
   */
  public GrantTerms {
    Objects.requireNonNull(grantId, "grantId");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(profileId, "profileId");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(caller, "caller");
    Objects.requireNonNull(filename, "filename");
    Objects.requireNonNull(vars, "vars");
    if (bucket.isEmpty()) {
      throw new IllegalArgumentException("The bucket's name is empty. Write the name of a bucket.");
    }
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new IllegalArgumentException(
          "Directory '" + prefix + "' does not end with a slash. Add one.");
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
   * Returns a builder of terms that allow any object of {@code bucket}.
   *
   * @param grantId the id of the grant
   * @param bucket the bucket's name
   * @param at when the grant is made; by default the terms expire at that instant
   * @return a builder
   */
  public static Builder builder(UUID grantId, String bucket, Instant at) {
    return new Builder(grantId, bucket, at);
  }

  /**
   * Returns these terms with the identity of {@code first}: its grant id, directory, object and
   * file name, first instant and expiration. If a retry requests the same terms as the first grant,
   * the result equals {@code first}.
   *
   * @param first the terms of an earlier grant
   * @return a copy
   */
  public GrantTerms withIdentityOf(GrantTerms first) {
    Builder builder = toBuilder();
    builder.grantId = first.grantId;
    builder.firstGrantedAt = first.firstGrantedAt;
    return builder
        .object(first.prefix, first.key)
        .filename(first.filename)
        .expiresAt(first.expiresAt)
        .build();
  }

  /**
   * Returns the same terms with another expiration.
   *
   * @param end when the grant expires
   * @return a copy
   */
  public GrantTerms until(Instant end) {
    return toBuilder().expiresAt(end).build();
  }

  /** {@return the same terms with another file name} */
  GrantTerms withFilename(Optional<String> other) {
    return toBuilder().filename(other).build();
  }

  private Builder toBuilder() {
    return builder(grantId, bucket, firstGrantedAt)
        .kind(kind, format)
        .profile(profile)
        .profileId(profileId)
        .object(prefix, key)
        .type(type)
        .sizes(minSize, maxSize)
        .forbidOverwrite(forbidOverwrite)
        .callback(callback)
        .mark(mark)
        .caller(caller)
        .filename(filename)
        .vars(vars)
        .expiresAt(expiresAt);
  }

  /** {@return the bucket, with the profile that gives access to it} */
  public BucketRef bucketRef() {
    return new BucketRef(bucket, profileId);
  }

  /**
   * {@return whether the grant allows an object of that name}
   *
   * @param object the object's name
   */
  public boolean admitsKey(ObjectKey object) {
    return key.map(object::equals).orElseGet(() -> object.value().startsWith(prefix));
  }

  /**
   * {@return whether the grant allows an object of that size}
   *
   * @param size in bytes
   */
  public boolean admitsSize(long size) {
    return minSize <= size && size <= maxSize;
  }

  /** Collects the terms of a grant. Not thread-safe. */
  public static final class Builder {
    private UUID grantId;
    private String kind = "post";
    private String format = "form";
    private String profile = "default";
    private Optional<ProfileId> profileId = Optional.empty();
    private final String bucket;
    private String prefix = "";
    private Optional<ObjectKey> key = Optional.empty();
    private Optional<String> type = Optional.empty();
    private long minSize;
    private long maxSize = Long.MAX_VALUE;
    private boolean forbidOverwrite;
    private boolean callback;
    private boolean mark;
    private Caller caller = Caller.anonymous();
    private Instant firstGrantedAt;
    private Instant expiresAt;
    private Optional<String> filename = Optional.empty();
    private UploadVars vars = UploadVars.none();

    private Builder(UUID grantId, String bucket, Instant at) {
      this.grantId = grantId;
      this.bucket = bucket;
      this.firstGrantedAt = at;
      this.expiresAt = at;
    }

    /**
     * Sets how the client uploads. Defaults to {@code post} and {@code form}.
     *
     * @param kind the grant kind's code
     * @param format the format's code
     * @return this builder
     */
    public Builder kind(String kind, String format) {
      this.kind = kind;
      this.format = format;
      return this;
    }

    /**
     * Sets the profile. Defaults to {@code default}.
     *
     * @param profile its name
     * @return this builder
     */
    public Builder profile(String profile) {
      this.profile = profile;
      return this;
    }

    /**
     * Sets the tenant and the profile that it has. Defaults to a configured profile.
     *
     * @param profileId the identity, or empty
     * @return this builder
     */
    public Builder profileId(Optional<ProfileId> profileId) {
      this.profileId = profileId;
      return this;
    }

    /**
     * Sets the directory and, if the server chose it, the object. Defaults to the whole bucket.
     *
     * @param prefix the directory, empty or ending in a slash
     * @param key the object's full name, which begins with {@code prefix}, or empty
     * @return this builder
     */
    public Builder object(String prefix, Optional<ObjectKey> key) {
      this.prefix = prefix;
      this.key = key;
      return this;
    }

    /**
     * Sets the registered media type. Defaults to any.
     *
     * @param type the type, or empty for any
     * @return this builder
     */
    public Builder type(Optional<String> type) {
      this.type = type;
      return this;
    }

    /**
     * Sets the limits of the size. Defaults to no limit.
     *
     * @param min the smallest size in bytes
     * @param max the largest size in bytes
     * @return this builder
     */
    public Builder sizes(long min, long max) {
      this.minSize = min;
      this.maxSize = max;
      return this;
    }

    /**
     * Sets whether OSS rejects the upload if the object exists. Defaults to {@code false}.
     *
     * @param forbidOverwrite true to protect an existing object
     * @return this builder
     */
    public Builder forbidOverwrite(boolean forbidOverwrite) {
      this.forbidOverwrite = forbidOverwrite;
      return this;
    }

    /**
     * Sets whether OSS calls back after the upload. Defaults to {@code false}.
     *
     * @param callback true for a callback
     * @return this builder
     */
    public Builder callback(boolean callback) {
      this.callback = callback;
      return this;
    }

    /**
     * Sets whether the object carries the grant id. Defaults to {@code false}.
     *
     * @param mark true for the id
     * @return this builder
     */
    public Builder mark(boolean mark) {
      this.mark = mark;
      return this;
    }

    /**
     * Sets the caller that received the grant. Defaults to an anonymous one.
     *
     * @param caller the caller
     * @return this builder
     */
    public Builder caller(Caller caller) {
      this.caller = caller;
      return this;
    }

    /**
     * Sets when the grant expires. Defaults to the instant of the grant.
     *
     * @param expiresAt the end, truncated to whole seconds
     * @return this builder
     */
    public Builder expiresAt(Instant expiresAt) {
      this.expiresAt = expiresAt;
      return this;
    }

    /**
     * Sets the name of the file. Defaults to none.
     *
     * @param filename the name as the client stated it, or empty
     * @return this builder
     */
    public Builder filename(Optional<String> filename) {
      this.filename = filename;
      return this;
    }

    /**
     * Sets the variables. Defaults to none.
     *
     * @param vars the variables that the client sent
     * @return this builder
     */
    public Builder vars(UploadVars vars) {
      this.vars = vars;
      return this;
    }

    /**
     * Checks the terms and returns them.
     *
     * @return the terms
     * @throws IllegalArgumentException if bucket, prefix, key or sizes are invalid
     */
    public GrantTerms build() {
      return new GrantTerms(
          grantId,
          kind,
          format,
          profile,
          profileId,
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
          expiresAt,
          filename,
          vars);
    }
  }
}
