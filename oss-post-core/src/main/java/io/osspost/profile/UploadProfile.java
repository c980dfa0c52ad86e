package io.osspost.profile;

import io.osspost.object.OssBucket;
import io.osspost.wire.MediaTypes;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the operator lets callers upload: where to, how large, of which types, for how long.
 * Immutable; share it freely between threads.
 *
 * <p>This file is long because each setting is documented twice, where it is set and where it is
 * read.
 */
public final class UploadProfile {
  private static final long OSS_MAX_SIZE = 5L << 30;
  private static final Duration OSS_MAX_VALIDITY = Duration.ofDays(7);

  private final String name;
  private final Optional<String> dir;
  private final long minSize;
  private final long maxSize;
  private final List<String> contentTypes;
  private final Duration validity;
  private final KeyNaming naming;
  private final boolean requireFilename;
  private final Optional<Boolean> forbidOverwrite;
  private final Optional<OssBucket> bucket;
  private final Set<String> roles;
  private final int successStatus;
  private final Optional<URI> successRedirect;
  private final Optional<String> acl;
  private final Optional<String> storageClass;
  private final Optional<String> disposition;
  private final Map<String, String> metadata;
  private final boolean documentedFieldsOnly;
  private final boolean multipart;
  private final boolean callback;

  private UploadProfile(Builder builder) {
    this.name = builder.name;
    this.dir = Optional.ofNullable(builder.dir);
    this.minSize = builder.minSize;
    this.maxSize = builder.maxSize;
    this.contentTypes = builder.contentTypes;
    this.validity = builder.validity;
    this.naming = builder.naming;
    this.requireFilename = builder.requireFilename;
    this.forbidOverwrite = Optional.ofNullable(builder.forbidOverwrite);
    this.bucket = Optional.ofNullable(builder.bucket);
    this.roles = builder.roles;
    this.successStatus = builder.successStatus;
    this.successRedirect = Optional.ofNullable(builder.successRedirect);
    this.acl = Optional.ofNullable(builder.acl);
    this.storageClass = Optional.ofNullable(builder.storageClass);
    this.disposition = Optional.ofNullable(builder.disposition);
    this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(builder.metadata));
    this.documentedFieldsOnly = builder.documentedFieldsOnly;
    this.multipart = builder.multipart;
    this.callback = builder.callback;
    if (minSize > maxSize) {
      throw new IllegalArgumentException(
          "The smallest size, " + minSize + " bytes, is above the largest, " + maxSize + ".");
    }
  }

  /**
   * Starts a profile with safe limits: 1 byte to 10 MiB, common types, valid for 10 minutes.
   *
   * @param name what clients ask for it by: up to 63 lower-case letters, digits and hyphens
   * @return a builder with those limits
   * @throws IllegalArgumentException when the name has other characters, or too many
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** {@return a builder that begins with everything that this profile says} */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** {@return what clients ask for this profile by} */
  public String name() {
    return name;
  }

  /**
   * {@return the template of the directory, ending in a slash; empty text for the whole bucket, and
   * nothing if the operator named no directory}
   */
  public Optional<String> dir() {
    return dir;
  }

  /** {@return the smallest file admitted, in bytes} */
  public long minSize() {
    return minSize;
  }

  /** {@return the largest file admitted, in bytes} */
  public long maxSize() {
    return maxSize;
  }

  /** {@return the media types admitted, as registered} */
  public List<String> contentTypes() {
    return contentTypes;
  }

  /** {@return how long a grant lives, unless the credentials that sign it end sooner} */
  public Duration validity() {
    return validity;
  }

  /** {@return how objects are named if the client names the file} */
  public KeyNaming naming() {
    return naming;
  }

  /** {@return whether the client must name the file} */
  public boolean requiresFilename() {
    return requireFilename;
  }

  /**
   * {@return whether an upload may not replace an object; empty if the operator does not say, and
   * then only objects that the server names are protected}
   */
  public Optional<Boolean> forbidOverwrite() {
    return forbidOverwrite;
  }

  /**
   * {@return the bucket uploads of this profile go to; empty when it is the one all others go to}
   */
  public Optional<OssBucket> bucket() {
    return bucket;
  }

  /** {@return the roles one of which a caller must have; empty when any caller will do} */
  public Set<String> roles() {
    return roles;
  }

  /** {@return the status with which OSS answers a stored upload: 200, 201 or 204} */
  public int successStatus() {
    return successStatus;
  }

  /** {@return the page that OSS sends the browser to after a stored upload} */
  public Optional<URI> successRedirect() {
    return successRedirect;
  }

  /** {@return the object's ACL; empty for that of the bucket} */
  public Optional<String> acl() {
    return acl;
  }

  /** {@return the object's storage class; empty for that of the bucket} */
  public Optional<String> storageClass() {
    return storageClass;
  }

  /** {@return the {@code Content-Disposition} of the object} */
  public Optional<String> disposition() {
    return disposition;
  }

  /** {@return the object's metadata, by lower-case names without {@code x-oss-meta-}} */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** {@return whether a caller without a name can have a directory here} */
  public boolean admitsAnonymous() {
    return dir.filter(template -> template.contains("{principal}")).isEmpty();
  }

  /** {@return whether forms carry only the fields that OSS's documents allow in conditions} */
  public boolean documentedFieldsOnly() {
    return documentedFieldsOnly;
  }

  /** {@return whether OSS calls back after uploads of this profile, if a callback is configured} */
  public boolean callback() {
    return callback;
  }

  /** {@return whether security tokens of this profile may upload in parts} */
  public boolean multipart() {
    return multipart;
  }

  @Override
  public String toString() {
    return "UploadProfile[" + name + "]";
  }

  /** Collects a profile's limits. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private @Nullable String dir;
    private long minSize = 1;
    private long maxSize = 10L << 20;
    private List<String> contentTypes = MediaTypes.COMMON;
    private Duration validity = Duration.ofMinutes(10);
    private KeyNaming naming = KeyNaming.uuid();
    private boolean requireFilename;
    private @Nullable Boolean forbidOverwrite;
    private @Nullable OssBucket bucket;
    private Set<String> roles = Set.of();
    private boolean documentedFieldsOnly;
    private boolean multipart;
    private boolean callback = true;
    private int successStatus = 200;
    private @Nullable URI successRedirect;
    private @Nullable String acl;
    private @Nullable String storageClass;
    private @Nullable String disposition;
    private Map<String, String> metadata = Map.of();

    private Builder(String name) {
      if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
        throw new IllegalArgumentException(
            "'" + name + "' is not a profile name. Use lower-case letters, digits and hyphens.");
      }
      this.name = name;
    }

    private Builder(UploadProfile profile) {
      this.name = profile.name;
      this.dir = profile.dir.orElse(null);
      this.minSize = profile.minSize;
      this.maxSize = profile.maxSize;
      this.contentTypes = profile.contentTypes;
      this.validity = profile.validity;
      this.naming = profile.naming;
      this.requireFilename = profile.requireFilename;
      this.forbidOverwrite = profile.forbidOverwrite.orElse(null);
      this.bucket = profile.bucket.orElse(null);
      this.roles = profile.roles;
      this.successStatus = profile.successStatus;
      this.successRedirect = profile.successRedirect.orElse(null);
      this.acl = profile.acl.orElse(null);
      this.storageClass = profile.storageClass.orElse(null);
      this.disposition = profile.disposition.orElse(null);
      this.metadata = profile.metadata;
      this.documentedFieldsOnly = profile.documentedFieldsOnly;
      this.multipart = profile.multipart;
      this.callback = profile.callback;
    }

    /**
     * Where uploads go; {@code uploads/{principal}/{uuid}/} unless set.
     *
     * @param dir literal text with <code>{principal}</code>, <code>{date}</code> and <code>{uuid}
     *     </code>; a final slash is added when it is missing
     * @return this builder
     */
    public Builder dir(String dir) {
      this.dir = DirectoryTemplate.checked(dir);
      return this;
    }

    /**
     * Lets uploads go anywhere in the bucket, instead of into a directory.
     *
     * @return this builder
     */
    public Builder wholeBucket() {
      this.dir = "";
      return this;
    }

    /**
     * The smallest file admitted; 1 byte unless set.
     *
     * @param bytes 0 to 5 GiB
     * @return this builder
     */
    public Builder minSize(long bytes) {
      this.minSize = requireSize("smallest", bytes);
      return this;
    }

    /**
     * The largest file admitted; 10 MiB unless set.
     *
     * @param bytes 0 to 5 GiB
     * @return this builder
     */
    public Builder maxSize(long bytes) {
      this.maxSize = requireSize("largest", bytes);
      return this;
    }

    /**
     * The media types admitted; unless set, common images, audio, video, documents and archives,
     * and nothing a browser runs as a page.
     *
     * @param types registered names, or {@code image/*} for the common types of that kind; at least
     *     one
     * @return this builder
     */
    public Builder contentTypes(List<String> types) {
      this.contentTypes = MediaTypes.parseAll(types);
      return this;
    }

    /**
     * How long a grant lives; 10 minutes unless set.
     *
     * @param validity 1 second to 7 days
     * @return this builder
     */
    public Builder validity(Duration validity) {
      if (validity.compareTo(Duration.ofSeconds(1)) < 0
          || validity.compareTo(OSS_MAX_VALIDITY) > 0) {
        throw new IllegalArgumentException(
            "A grant lives 1 second to 7 days, but this validity is " + validity + ".");
      }
      this.validity = validity;
      return this;
    }

    /**
     * How objects are named whose file the client names; {@link KeyNaming#uuid} unless set.
     *
     * @param naming called for every grant that names a file
     * @return this builder
     */
    public Builder naming(KeyNaming naming) {
      this.naming = Objects.requireNonNull(naming, "naming");
      return this;
    }

    /**
     * Whether the client must say which file it is, so that the server names the object.
     *
     * @param required true to refuse grants without a file name; false unless set
     * @return this builder
     */
    public Builder requireFilename(boolean required) {
      this.requireFilename = required;
      return this;
    }

    /**
     * Whether an upload may replace an object of the same name. Unless set it may not where the
     * server names the object; where the page names it, OSS decides.
     *
     * @param forbidden true to let nothing be replaced, false to leave it to OSS in every grant
     * @return this builder
     */
    public Builder forbidOverwrite(boolean forbidden) {
      this.forbidOverwrite = forbidden;
      return this;
    }

    /**
     * Sends uploads of this profile to a bucket of its own.
     *
     * @param bucket where they go, whatever {@code UploadGrants} was opened for
     * @return this builder
     */
    public Builder bucket(OssBucket bucket) {
      this.bucket = Objects.requireNonNull(bucket, "bucket");
      return this;
    }

    /**
     * Admits callers that have one of {@code roles} only.
     *
     * @param roles names as the container knows them; none, as unless set, admits every caller
     * @return this builder
     */
    public Builder roles(Set<String> roles) {
      this.roles = Set.copyOf(roles);
      return this;
    }

    /**
     * The status OSS answers a stored upload with; 200 unless set.
     *
     * @param status 200, 201 or 204
     * @return this builder
     */
    public Builder successStatus(int status) {
      this.successStatus = ObjectSettings.successStatus(status);
      return this;
    }

    /**
     * Where OSS sends the browser after a stored upload; nowhere unless set.
     *
     * @param page an {@code http} or {@code https} URL
     * @return this builder
     */
    public Builder successRedirect(URI page) {
      this.successRedirect = ObjectSettings.successRedirect(page);
      return this;
    }

    /**
     * The object's ACL: {@code default} (the bucket's), {@code private}, {@code public-read} or
     * {@code public-read-write}; {@code default} unless set.
     *
     * @param acl one of the four, in lower case
     * @return this builder
     */
    public Builder acl(String acl) {
      this.acl = ObjectSettings.acl(acl);
      return this;
    }

    /**
     * The object's storage class, such as {@code IA}; the bucket's unless set.
     *
     * @param storageClass as OSS writes it
     * @return this builder
     */
    public Builder storageClass(String storageClass) {
      this.storageClass = ObjectSettings.storageClass(storageClass);
      return this;
    }

    /**
     * What is stored as {@code x-oss-meta-*}, by the names without that prefix.
     *
     * @param metadata printable values by name; names are letters, digits and hyphens, stored in
     *     lower case; 8 KB in all
     * @return this builder
     */
    public Builder metadata(Map<String, String> metadata) {
      Map<String, String> all = new LinkedHashMap<>(this.metadata);
      all.putAll(ObjectSettings.metadata(metadata));
      this.metadata = all;
      return this;
    }

    /**
     * The {@code Content-Disposition} the object is served with, such as {@code attachment}.
     *
     * @param disposition a header's value; not blank
     * @return this builder
     */
    public Builder disposition(String disposition) {
      this.disposition = ObjectSettings.printable(disposition);
      return this;
    }

    /**
     * Whether forms send and pin only the fields the vendor's document names as targets of
     * conditions: no ACL, no {@code x-oss-content-type}, nothing about overwriting, no callback.
     * Unless set they send and pin all of them, as OSS's error pages say it takes.
     *
     * @param documentedOnly true for those fields only, false for all
     * @return this builder
     */
    public Builder documentedFieldsOnly(boolean documentedOnly) {
      this.documentedFieldsOnly = documentedOnly;
      return this;
    }

    /**
     * Whether security tokens may upload in parts; not unless set.
     *
     * @param multipart whether a token also allows the operations on parts
     * @return this builder
     */
    public Builder multipart(boolean multipart) {
      this.multipart = multipart;
      return this;
    }

    /**
     * Sets whether OSS calls back after uploads of this profile. Defaults to true; it has no effect
     * without a callback. A profile whose kinds or formats cannot carry the callback must set it to
     * false: its uploads are then not reported.
     *
     * @param callback whether the callback applies to this profile
     * @return this builder
     */
    public Builder callback(boolean callback) {
      this.callback = callback;
      return this;
    }

    /**
     * Builds the profile.
     *
     * @return the profile as set so far
     * @throws IllegalArgumentException if the smallest size is above the largest
     */
    public UploadProfile build() {
      return new UploadProfile(this);
    }

    private static long requireSize(String which, long bytes) {
      if (bytes < 0 || bytes > OSS_MAX_SIZE) {
        throw new IllegalArgumentException(
            "The "
                + which
                + " size is 0 bytes to 5 GiB ("
                + OSS_MAX_SIZE
                + "), not "
                + bytes
                + ".");
      }
      return bytes;
    }
  }
}
