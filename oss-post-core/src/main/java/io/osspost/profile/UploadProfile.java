package io.osspost.profile;

import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.UploadRefusedException.Reason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the operator lets callers upload: where to, how large, of which types, for how long.
 * Immutable; share it freely between threads.
 */
public final class UploadProfile {
  private static final long OSS_MAX_SIZE = 5L << 30;
  private static final Duration OSS_MAX_VALIDITY = Duration.ofDays(7);

  private final String name;
  private final @Nullable KeyPrefix prefix;
  private final FileLimits limits;
  private final Duration validity;
  private final KeyNaming naming;
  private final boolean requireFilename;
  private final @Nullable Boolean forbidOverwrite;
  private final @Nullable OssBucket bucket;
  private final Set<String> roles;
  private final Map<String, String> formFields;
  private final List<String> formFieldsBeyondDefaults;
  private final boolean documentedFieldsOnly;
  private final boolean multipart;
  private final boolean callback;

  private UploadProfile(Builder builder) {
    this.name = builder.name;
    this.prefix = builder.prefix;
    this.limits = new FileLimits(builder.minSize, builder.maxSize, builder.contentTypes);
    this.validity = builder.validity;
    this.naming = builder.naming;
    this.requireFilename = builder.requireFilename;
    this.forbidOverwrite = builder.forbidOverwrite;
    this.bucket = builder.bucket;
    this.roles = builder.roles;
    this.documentedFieldsOnly = builder.documentedFieldsOnly;
    this.formFields =
        Collections.unmodifiableMap(
            documentedFieldsOnly ? builder.formFields.documentedOnly() : builder.formFields.all());
    this.formFieldsBeyondDefaults = builder.formFields.beyondDefaults();
    this.multipart = builder.multipart;
    this.callback = builder.callback;
    if (documentedFieldsOnly && Boolean.TRUE.equals(forbidOverwrite)) {
      throw new IllegalArgumentException(
          "A form that sends documented condition targets only cannot forbid overwriting. Take"
              + " that out, or pin all fields.");
    }
  }

  /**
   * Starts a profile with safe limits: 1 byte to 10 MiB, common types, valid for 10 minutes.
   *
   * @param name what clients ask for it by: up to 63 lower-case letters, digits and hyphens
   * @return a builder with those limits
   * @throws IllegalArgumentException when the name has other characters, or too many
   */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** {@return what clients ask for this profile by} */
  public String name() {
    return name;
  }

  /** {@return the smallest file admitted, in bytes} */
  public long minSize() {
    return limits.minSize();
  }

  /** {@return the largest file admitted, in bytes} */
  public long maxSize() {
    return limits.maxSize();
  }

  /** {@return the media types admitted, as registered} */
  public List<String> contentTypes() {
    return limits.contentTypes();
  }

  /** {@return the media types admitted, and the other names browsers give them} */
  public List<String> contentTypesAsSent() {
    return MediaTypes.withAliases(limits.contentTypes());
  }

  /** {@return how long a grant lives, unless the credentials that sign it end sooner} */
  public Duration validity() {
    return validity;
  }

  /**
   * {@return the bucket uploads of this profile go to; empty when it is the one all others go to}
   */
  public Optional<OssBucket> bucket() {
    return Optional.ofNullable(bucket);
  }

  /** {@return the roles one of which a caller must have; empty when any caller will do} */
  public Set<String> roles() {
    return roles;
  }

  /**
   * {@return the fields every form of this profile sends besides key, type, policy and signature}
   */
  public Map<String, String> formFields() {
    return formFields;
  }

  /**
   * {@return the names of those {@link #formFields} that not every form has: what a page must be
   * told to send}
   */
  public List<String> formFieldsBeyondDefaults() {
    return formFieldsBeyondDefaults;
  }

  /**
   * {@return whether forms of this profile send a field of that name at all} With {@link
   * Builder#documentedFieldsOnly} they send only what the vendor's document names as a condition's
   * target.
   *
   * @param field the field's name, in any case
   */
  public boolean formSends(String field) {
    return !documentedFieldsOnly || FormFields.isDocumentedTarget(field);
  }

  /** {@return what this profile sets on objects, as the headers of any upload that is no form} */
  public Map<String, String> objectHeaders() {
    Map<String, String> headers = new LinkedHashMap<>(formFields);
    headers.keySet().retainAll(formFieldsBeyondDefaults);
    headers.keySet().removeIf(name -> name.startsWith("success_action_"));
    return headers;
  }

  /** {@return whether a caller without a name can have a directory here} */
  public boolean admitsAnonymous() {
    return prefix == null || !prefix.needsPrincipal();
  }

  /** {@return whether forms carry only the fields that OSS's documents allow in conditions} */
  public boolean documentedFieldsOnly() {
    return documentedFieldsOnly;
  }

  /** {@return whether the operator forbids every upload to replace an object} */
  public boolean forbidsOverwrite() {
    return Boolean.TRUE.equals(forbidOverwrite);
  }

  /** {@return whether an upload may not replace an object if the server names the object} */
  public boolean forbidsOverwriteOfNamed() {
    return forbidOverwrite == null || forbidOverwrite;
  }

  /** {@return whether OSS calls back after uploads of this profile, if a callback is configured} */
  public boolean callback() {
    return callback;
  }

  /**
   * {@return whether {@code directory} is one that this profile gives to {@code caller}, at any
   * instant}
   *
   * @param caller the caller of an earlier grant
   * @param directory empty, or ending in a slash
   */
  public boolean hasDirectory(Caller caller, String directory) {
    return prefixFor(caller).matches(caller, directory);
  }

  /** {@return whether security tokens of this profile may upload in parts} */
  public boolean multipart() {
    return multipart;
  }

  /**
   * Refuses a profile that security tokens cannot keep.
   *
   * @throws IllegalArgumentException when it wants a file name, or a directory for each grant: a
   *     token is for one directory, and its holder names the objects
   */
  public void requireTokensKeepIt() {
    if (requireFilename) {
      throw new IllegalArgumentException(
          "Profile '"
              + name
              + "' requires a file name, which the holder of a token chooses. Take token out of"
              + " its grants, or require-filename.");
    }
    if (prefix != null && prefix.differsEachTime()) {
      throw new IllegalArgumentException(
          "The directory '"
              + prefix
              + "' is another with every grant, but a token serves many uploads. Write it without"
              + " {uuid}, such as 'uploads/{principal}/'.");
    }
  }

  /**
   * {@return the directory a security token of {@code caller} leads to} It is the same every time
   * but for its {@code {date}}; unless set, {@code uploads/{principal}/}.
   *
   * @param caller who the token is for
   * @param now the instant of the grant, whose UTC day may be part of the directory
   * @throws UploadRefusedException when {@code caller} has no name and the directory needs one
   */
  public String tokenPrefix(Caller caller, Instant now) {
    return requireOwner(prefix == null ? KeyPrefix.OF_TOKEN : prefix, caller).render(caller, now);
  }

  /**
   * Decides about one upload. Touches no credentials.
   *
   * @param caller who uploads
   * @param planned what the client says of the file
   * @param now the instant of the grant
   * @return what is left of {@code planned} within this profile's limits
   * @throws UploadRefusedException when {@code caller} or {@code planned} does not fit
   * @throws IllegalStateException when a {@link KeyNaming} of the application's own leaves the
   *     directory
   */
  public PlannedUpload.Admitted admit(Caller caller, PlannedUpload planned, Instant now) {
    planned.size().ifPresent(limits::requireSize);
    String directory = prefixFor(caller).render(caller, now);
    if (planned.filename().isEmpty()) {
      return unnamed(directory);
    }
    String filename = planned.filename().get();
    Optional<String> statedType = planned.type().map(FileLimits::requireMediaType);
    String type = limits.requireType(filename, statedType);
    String name = requireInside(naming.name(caller, CleanFileName.of(filename, type), now));
    return new PlannedUpload.Admitted(
        directory,
        Optional.of(new ObjectKey(directory + name)),
        planned.size(),
        statedType,
        Optional.of(type),
        forbidsOverwriteOfNamed());
  }

  private PlannedUpload.Admitted unnamed(String directory) {
    if (requireFilename) {
      throw new UploadRefusedException(
          Reason.BAD_PARAMETER,
          "Profile '" + name + "' grants uploads of one named file only.",
          "Send the file's name as 'filename'.");
    }
    return new PlannedUpload.Admitted(
        directory,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        forbidsOverwrite());
  }

  /** A naming of the application's own is trusted to name, not to leave the directory. */
  private static String requireInside(String name) {
    for (String segment : name.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw new IllegalStateException(
            "The key naming returned '"
                + name
                + "', which leaves its directory or has an empty part");
      }
    }
    if (name.contains("${")) {
      throw new IllegalStateException(
          "The key naming returned '" + name + "', which OSS would read as a variable");
    }
    return name;
  }

  private KeyPrefix prefixFor(Caller caller) {
    if (prefix == null) {
      return caller.principal().isEmpty() ? KeyPrefix.OF_NOBODY : KeyPrefix.OF_CALLER;
    }
    return requireOwner(prefix, caller);
  }

  private KeyPrefix requireOwner(KeyPrefix directory, Caller caller) {
    if (caller.principal().isEmpty() && directory.needsPrincipal()) {
      throw new UploadRefusedException(
          Reason.NOT_AUTHENTICATED,
          "Uploads of profile '" + name + "' go to a directory of your own.",
          "Log in first.");
    }
    return directory;
  }

  @Override
  public String toString() {
    return "UploadProfile[" + name + "]";
  }

  /** Collects a profile's limits. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private @Nullable KeyPrefix prefix;
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
    private final FormFields formFields = new FormFields();

    private Builder(String name) {
      if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
        throw new IllegalArgumentException(
            "'" + name + "' is not a profile name. Use lower-case letters, digits and hyphens.");
      }
      this.name = name;
    }

    /**
     * Where uploads go; {@code uploads/{principal}/{uuid}/} unless set.
     *
     * @param dir literal text with <code>{principal}</code>, <code>{date}</code> and <code>{uuid}
     *     </code>; a final slash is added when it is missing
     * @return this builder
     */
    public Builder dir(String dir) {
      this.prefix = KeyPrefix.parse(dir);
      return this;
    }

    /**
     * Lets uploads go anywhere in the bucket, instead of into a directory.
     *
     * @return this builder
     */
    public Builder wholeBucket() {
      this.prefix = KeyPrefix.WHOLE_BUCKET;
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
      formFields.successStatus(status);
      return this;
    }

    /**
     * Where OSS sends the browser after a stored upload; nowhere unless set.
     *
     * @param page an {@code http} or {@code https} URL
     * @return this builder
     */
    public Builder successRedirect(URI page) {
      formFields.successRedirect(page);
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
      formFields.acl(acl);
      return this;
    }

    /**
     * The object's storage class, such as {@code IA}; the bucket's unless set.
     *
     * @param storageClass as OSS writes it
     * @return this builder
     */
    public Builder storageClass(String storageClass) {
      formFields.storageClass(storageClass);
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
      formFields.metadata(metadata);
      return this;
    }

    /**
     * The {@code Content-Disposition} the object is served with, such as {@code attachment}.
     *
     * @param disposition a header's value; not blank
     * @return this builder
     */
    public Builder disposition(String disposition) {
      formFields.disposition(disposition);
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
     * @throws IllegalArgumentException when the limits contradict each other, or forms cannot send
     *     what is set
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
