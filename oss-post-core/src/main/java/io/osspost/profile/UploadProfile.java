package io.osspost.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.object.OssBucket;
import io.osspost.wire.Digests;
import io.osspost.wire.Hmac;
import io.osspost.wire.MediaTypes;
import io.osspost.wire.UserFileName;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The limits that the operator sets for uploads: directory, size, types and lifetime. Immutable and
 * thread-safe.
 *
 * <p>Each setting is documented twice: at the method that sets it and at the method that returns
 * it.
 */
public final class UploadProfile {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final long OSS_MAX_SIZE = 10_000 * (5L << 30);
  private static final Duration OSS_MAX_VALIDITY = Duration.ofDays(7);

  private final String name;
  private final Optional<String> dir;
  private final long minSize;
  private final long maxSize;
  private final List<String> contentTypes;
  private final @Nullable Duration validity;
  private final KeyNaming naming;
  private final ZoneId zone;
  private final @Nullable Hmac principalHash;
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
  private final boolean signLength;
  private final boolean tokenMultipart;
  private final boolean callback;
  private final Quota quota;
  private final Optional<String> cacheControl;
  private final Optional<String> contentEncoding;
  private final Optional<String> expires;
  private final Optional<String> encryption;
  private final Optional<String> tagging;
  private final boolean optionalHeaders;
  private final Optional<URI> publicUrl;
  private final List<String> vars;
  private final boolean imageInfo;

  private UploadProfile(Builder builder) {
    this.name = builder.name;
    this.dir = Optional.ofNullable(builder.dir);
    this.minSize = builder.minSize;
    this.maxSize = builder.maxSize;
    this.contentTypes = builder.contentTypes;
    this.validity = builder.validity;
    this.naming = builder.naming;
    this.zone = builder.zone;
    this.principalHash = builder.principalHash;
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
    this.signLength = builder.signLength;
    this.tokenMultipart = builder.tokenMultipart;
    this.callback = builder.callback;
    this.quota = builder.quota;
    this.cacheControl = Optional.ofNullable(builder.cacheControl);
    this.contentEncoding = Optional.ofNullable(builder.contentEncoding);
    this.expires = Optional.ofNullable(builder.expires);
    this.encryption = Optional.ofNullable(builder.encryption);
    this.tagging = Optional.ofNullable(builder.tagging);
    this.optionalHeaders = builder.optionalHeaders;
    this.publicUrl = Optional.ofNullable(builder.publicUrl);
    this.vars = builder.vars;
    this.imageInfo = builder.imageInfo;
    if (minSize > maxSize) {
      throw new IllegalArgumentException(
          "The minimum size ("
              + minSize
              + " bytes) is larger than the maximum ("
              + maxSize
              + " bytes).");
    }
  }

  /**
   * Returns a builder with safe limits: 1 byte to 10 MiB, common types, valid for 10 minutes.
   *
   * @param name the name that clients request the profile by: 1 to 63 lower-case letters, digits
   *     and hyphens, not beginning with a hyphen
   * @return a builder with those limits
   * @throws IllegalArgumentException if the name is invalid
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** {@return a builder with all settings of this profile} */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** {@return the name that clients request this profile by} */
  public String name() {
    return name;
  }

  /**
   * {@return the template of the directory, ending in a slash; the empty string for the whole
   * bucket; an empty {@code Optional} if no directory is set}
   */
  public Optional<String> dir() {
    return dir;
  }

  /** {@return the minimum size of a file in bytes} */
  public long minSize() {
    return minSize;
  }

  /** {@return the maximum size of a file in bytes} */
  public long maxSize() {
    return maxSize;
  }

  /** {@return the allowed media types, by their registered names} */
  public List<String> contentTypes() {
    return contentTypes;
  }

  /**
   * {@return the lifetime of a grant for a file whose size is not stated, unless the credentials
   * that sign it expire sooner}
   */
  public Duration validity() {
    return validityFor(OptionalLong.empty());
  }

  /**
   * {@return the lifetime of a grant, unless the credentials that sign it expire sooner} It is the
   * one that is set. Otherwise it grows with the stated size: 10 minutes for each 150 MB, at most 6
   * hours.
   *
   * @param statedSize the size of the file in bytes, if the client states it
   */
  public Duration validityFor(OptionalLong statedSize) {
    return validity == null ? DefaultValidity.of(statedSize) : validity;
  }

  /**
   * {@return the text that stands for a caller in directories: the name, or 32 hexadecimal digits
   * if a secret hides it}
   *
   * @param principal the name of a caller
   */
  public String principalText(String principal) {
    return principalHash == null
        ? principal
        : Digests.hex(Arrays.copyOf(principalHash.copy().update(principal).finish(), 16));
  }

  /** {@return the time zone of the day in the directory} */
  public ZoneId zone() {
    return zone;
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
   * {@return whether OSS rejects an upload if an object of the same name exists; empty if not set,
   * which protects only the objects that the server names}
   */
  public Optional<Boolean> forbidOverwrite() {
    return forbidOverwrite;
  }

  /** {@return the bucket of this profile; empty if it is the common one} */
  public Optional<OssBucket> bucket() {
    return bucket;
  }

  /**
   * {@return the allowed roles, of which a caller must have one; empty if every caller is allowed}
   */
  public Set<String> roles() {
    return roles;
  }

  /** {@return the status of OSS's response to a stored upload: 200, 201 or 204} */
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

  /**
   * {@return whether a text can be the name of a profile}
   *
   * @param name 1 to 63 lower-case letters, digits and hyphens, beginning with no hyphen
   */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** {@return whether anonymous callers can upload, because the directory needs no name} */
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

  /** {@return whether a presigned URL is for exactly one size, which the client must state} */
  public boolean signLength() {
    return signLength;
  }

  /** {@return whether security tokens of this profile may upload in parts} */
  public boolean tokenMultipart() {
    return tokenMultipart;
  }

  /** {@return the limits of all uploads together} */
  public Quota quota() {
    return quota;
  }

  /** {@return the {@code Cache-Control} of the object} */
  public Optional<String> cacheControl() {
    return cacheControl;
  }

  /** {@return the {@code Content-Encoding} of the object} */
  public Optional<String> contentEncoding() {
    return contentEncoding;
  }

  /** {@return the {@code Expires} of the object} */
  public Optional<String> expires() {
    return expires;
  }

  /** {@return the encryption of the object on the server; empty for that of the bucket} */
  public Optional<String> encryption() {
    return encryption;
  }

  /** {@return the tags of the object, percent-encoded as OSS reads them; empty for none} */
  public Optional<String> tagging() {
    return tagging;
  }

  /**
   * {@return whether kinds and formats that cannot carry a header of the object are granted without
   * it}
   */
  public boolean optionalHeaders() {
    return optionalHeaders;
  }

  /**
   * {@return the {@code Content-Disposition} of one object, with the name of its file if the
   * profile sets that}
   *
   * @param filename the file's name as its user knows it, if it is known
   */
  public Optional<String> dispositionOf(Optional<String> filename) {
    return disposition.map(
        value ->
            ObjectSettings.typeOfNamedDisposition(value)
                .map(type -> UserFileName.disposition(type, filename.orElse("")))
                .orElse(value));
  }

  /** {@return whether the {@code Content-Disposition} has the name of each file} */
  public boolean dispositionHasFilename() {
    return disposition.flatMap(ObjectSettings::typeOfNamedDisposition).isPresent();
  }

  /** {@return the URL below which the objects can be read without a signature, with a slash} */
  public Optional<URI> publicUrl() {
    return publicUrl;
  }

  /** {@return the names of the variables that a client may send with its request} */
  public List<String> vars() {
    return vars;
  }

  /** {@return whether the callback asks OSS for the size and format of images} */
  public boolean imageInfo() {
    return imageInfo;
  }

  @Override
  public String toString() {
    return "UploadProfile[" + name + "]";
  }

  /** Collects a profile's settings. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private @Nullable String dir;
    private long minSize = 1;
    private long maxSize = 10L << 20;
    private List<String> contentTypes = MediaTypes.COMMON;
    private @Nullable Duration validity;
    private KeyNaming naming = KeyNaming.uuid();
    private ZoneId zone = ZoneOffset.UTC;
    private @Nullable Hmac principalHash;
    private boolean requireFilename;
    private @Nullable Boolean forbidOverwrite;
    private @Nullable OssBucket bucket;
    private Set<String> roles = Set.of();
    private boolean documentedFieldsOnly;
    private boolean signLength;
    private boolean tokenMultipart;
    private boolean callback = true;
    private Quota quota = Quota.none();
    private @Nullable String cacheControl;
    private @Nullable String contentEncoding;
    private @Nullable String expires;
    private @Nullable String encryption;
    private @Nullable String tagging;
    private boolean optionalHeaders;
    private @Nullable URI publicUrl;
    private List<String> vars = List.of();
    private boolean imageInfo;
    private int successStatus = 200;
    private @Nullable URI successRedirect;
    private @Nullable String acl;
    private @Nullable String storageClass;
    private @Nullable String disposition;
    private Map<String, String> metadata = Map.of();

    private Builder(String name) {
      if (!isName(name)) {
        throw new IllegalArgumentException(
            "'"
                + name
                + "' is not a profile name. Use 1 to 63 lower-case letters, digits and hyphens.");
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
      this.zone = profile.zone;
      this.principalHash = profile.principalHash;
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
      this.signLength = profile.signLength;
      this.tokenMultipart = profile.tokenMultipart;
      this.callback = profile.callback;
      this.quota = profile.quota;
      this.cacheControl = profile.cacheControl.orElse(null);
      this.contentEncoding = profile.contentEncoding.orElse(null);
      this.expires = profile.expires.orElse(null);
      this.encryption = profile.encryption.orElse(null);
      this.tagging = profile.tagging.orElse(null);
      this.optionalHeaders = profile.optionalHeaders;
      this.publicUrl = profile.publicUrl.orElse(null);
      this.vars = profile.vars;
      this.imageInfo = profile.imageInfo;
    }

    /**
     * Sets the directory. Defaults to {@code uploads/{principal}/{uuid}/}.
     *
     * @param dir literal text with <code>{principal}</code>, <code>{date}</code> (the day in the
     *     profile's time zone) and <code>{uuid}</code>; a missing final slash is added
     * @return this builder
     */
    public Builder dir(String dir) {
      this.dir = DirectoryTemplate.checked(dir);
      return this;
    }

    /**
     * Allows uploads anywhere in the bucket, instead of into a directory.
     *
     * @return this builder
     */
    public Builder wholeBucket() {
      this.dir = "";
      return this;
    }

    /**
     * Sets the minimum size of a file. Defaults to 1 byte.
     *
     * @param bytes 0 to 48.8 TB; more than 5 GB only for uploads in parts
     * @return this builder
     */
    public Builder minSize(long bytes) {
      this.minSize = requireSize("minimum", bytes);
      return this;
    }

    /**
     * Sets the maximum size of a file. Defaults to 10 MiB.
     *
     * @param bytes 0 to 48.8 TB; more than 5 GB only for uploads in parts
     * @return this builder
     */
    public Builder maxSize(long bytes) {
      if (bytes == 0) {
        throw new IllegalArgumentException(
            "The maximum size is 0 bytes, so no file is allowed. Write a size like 10MB.");
      }
      this.maxSize = requireSize("maximum", bytes);
      return this;
    }

    /**
     * Sets the allowed media types. Defaults to common images, audio, video, documents and
     * archives, without the types that a browser runs as a page.
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
     * Sets the lifetime of a grant. Defaults to 10 minutes for each 150 MB of the stated size, at
     * most 6 hours, and to 10 minutes if no size is stated.
     *
     * @param validity 1 second to 7 days
     * @return this builder
     */
    public Builder validity(Duration validity) {
      if (validity.compareTo(Duration.ofSeconds(1)) < 0
          || validity.compareTo(OSS_MAX_VALIDITY) > 0) {
        throw new IllegalArgumentException(
            "A grant can be valid for 1 second to 7 days, not for " + validity + ".");
      }
      this.validity = validity;
      return this;
    }

    /**
     * Sets how objects are named if the client states the file's name. Defaults to {@link
     * KeyNaming#uuid}.
     *
     * @param naming called for every grant that names a file
     * @return this builder
     */
    public Builder naming(KeyNaming naming) {
      this.naming = Objects.requireNonNull(naming, "naming");
      return this;
    }

    /**
     * Hides the names of callers in directories: <code>{principal}</code> becomes the HMAC-SHA256
     * of the name, in 32 hexadecimal digits. Defaults to the name itself, which is then part of
     * every URL. With another secret every caller has another directory.
     *
     * @param secret at least 32 characters that cannot be guessed
     * @return this builder
     * @throws IllegalArgumentException if {@code secret} is shorter
     */
    public Builder principalSecret(String secret) {
      if (secret.strip().length() < 32) {
        throw new IllegalArgumentException(
            "The secret has fewer than 32 characters. Make one with 'openssl rand -base64 32'.");
      }
      this.principalHash = Hmac.sha256(secret.getBytes(UTF_8));
      return this;
    }

    /**
     * Sets the time zone of <code>{date}</code> in the directory. Defaults to UTC.
     *
     * @param zone such as {@code Asia/Shanghai}
     * @return this builder
     */
    public Builder zone(ZoneId zone) {
      this.zone = Objects.requireNonNull(zone, "zone");
      return this;
    }

    /**
     * Sets whether the client must state the file's name, so that the server names the object.
     * Defaults to false.
     *
     * @param required true to refuse grants without a file name
     * @return this builder
     */
    public Builder requireFilename(boolean required) {
      this.requireFilename = required;
      return this;
    }

    /**
     * Sets whether OSS rejects an upload if an object of the same name exists. Defaults to true for
     * objects that the server names, and to false for objects that the client names.
     *
     * @param forbidden true to reject such uploads; false to let them replace the object, as OSS
     *     does by default
     * @return this builder
     */
    public Builder forbidOverwrite(boolean forbidden) {
      this.forbidOverwrite = forbidden;
      return this;
    }

    /**
     * Sets the bucket of this profile. Defaults to the bucket of {@code UploadGrants}.
     *
     * @param bucket the bucket that uploads go to
     * @return this builder
     */
    public Builder bucket(OssBucket bucket) {
      this.bucket = Objects.requireNonNull(bucket, "bucket");
      return this;
    }

    /**
     * Sets the roles of which a caller must have one. Defaults to none, which allows every caller.
     *
     * @param roles names as the container knows them
     * @return this builder
     */
    public Builder roles(Set<String> roles) {
      this.roles = Set.copyOf(roles);
      return this;
    }

    /**
     * Sets the status of OSS's response to a stored upload. Defaults to 200.
     *
     * @param status 200, 201 or 204
     * @return this builder
     */
    public Builder successStatus(int status) {
      this.successStatus = ObjectSettings.successStatus(status);
      return this;
    }

    /**
     * Sets the page that OSS redirects the browser to after a stored upload. Defaults to none.
     *
     * @param page an {@code http} or {@code https} URL
     * @return this builder
     */
    public Builder successRedirect(URI page) {
      this.successRedirect = ObjectSettings.successRedirect(page);
      return this;
    }

    /**
     * Sets the object's ACL: {@code default} (the bucket's), {@code private}, {@code public-read}
     * or {@code public-read-write}. Defaults to {@code default}.
     *
     * @param acl one of the four, in lower case
     * @return this builder
     */
    public Builder acl(String acl) {
      this.acl = ObjectSettings.acl(acl);
      return this;
    }

    /**
     * Sets the object's storage class, such as {@code IA}. Defaults to the bucket's.
     *
     * @param storageClass as OSS writes it
     * @return this builder
     */
    public Builder storageClass(String storageClass) {
      this.storageClass = ObjectSettings.storageClass(storageClass);
      return this;
    }

    /**
     * Sets the object's metadata {@code x-oss-meta-*}, by the names without that prefix. Defaults
     * to none.
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
     * Sets the object's {@code Content-Disposition}, such as {@code attachment}. Defaults to none.
     *
     * @param disposition a header's value in ASCII, such as {@code attachment;
     *     filename*=UTF-8''%E5%90%88%E5%90%8C.pdf}; or {@code attachment} or {@code inline} with
     *     {@code ; filename=} and <code>{filename}</code>, for the name that the client states
     * @return this builder
     */
    public Builder disposition(String disposition) {
      this.disposition = ObjectSettings.disposition(disposition);
      return this;
    }

    /**
     * Sets whether forms send and pin only the fields that OSS's documentation allows in
     * conditions: no ACL, no {@code x-oss-content-type}, no overwrite guard, no callback. Defaults
     * to false: forms send and pin all of them, which OSS accepts according to its error pages.
     *
     * @param documentedOnly true for those fields only, false for all
     * @return this builder
     */
    public Builder documentedFieldsOnly(boolean documentedOnly) {
      this.documentedFieldsOnly = documentedOnly;
      return this;
    }

    /**
     * Sets whether presigned URLs sign the length of the file. The client must then state the size,
     * and OSS refuses a file of another size. Defaults to false. Needs V4 signatures.
     *
     * @param sign true to sign the header {@code Content-Length}
     * @return this builder
     */
    public Builder signLength(boolean sign) {
      this.signLength = sign;
      return this;
    }

    /**
     * Sets whether security tokens may upload in parts. Defaults to false.
     *
     * @param allowed whether a token also permits the operations on parts
     * @return this builder
     */
    public Builder tokenMultipart(boolean allowed) {
      this.tokenMultipart = allowed;
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
     * Sets the number of bytes that each caller may store. Defaults to no limit. It needs a ledger
     * with quotas, and grants whose size OSS enforces.
     *
     * @param bytes 1 or more
     * @return this builder
     */
    public Builder quota(long bytes) {
      this.quota = quota.withPerCaller(bytes);
      return this;
    }

    /**
     * Sets the number of bytes that all callers together may store. Defaults to no limit. It has
     * the needs of {@link #quota}.
     *
     * @param bytes 1 or more
     * @return this builder
     */
    public Builder totalQuota(long bytes) {
      this.quota = quota.withTotal(bytes);
      return this;
    }

    /**
     * Sets the number of uploads in parts that each caller may have in progress at once. Defaults
     * to no limit. It needs a ledger with quotas, and the grant kind {@code multipart}.
     *
     * @param uploads 1 or more
     * @return this builder
     */
    public Builder openUploads(int uploads) {
      this.quota = quota.withOpenUploads(uploads);
      return this;
    }

    /**
     * Sets the object's {@code Cache-Control}. Defaults to none.
     *
     * @param value such as {@code public, max-age=31536000}
     * @return this builder
     */
    public Builder cacheControl(String value) {
      this.cacheControl = ObjectSettings.cacheControl(value);
      return this;
    }

    /**
     * Sets the object's {@code Content-Encoding}. Defaults to none.
     *
     * @param value such as {@code gzip}
     * @return this builder
     */
    public Builder contentEncoding(String value) {
      this.contentEncoding = ObjectSettings.contentEncoding(value);
      return this;
    }

    /**
     * Sets the object's {@code Expires}. Defaults to none.
     *
     * @param value a date of HTTP, such as {@code Fri, 01 Jan 2027 00:00:00 GMT}
     * @return this builder
     */
    public Builder expires(String value) {
      this.expires = ObjectSettings.expires(value);
      return this;
    }

    /**
     * Sets the encryption of the object on the server. Defaults to none.
     *
     * @param value {@code AES256}, {@code KMS} or {@code SM4}
     * @return this builder
     */
    public Builder encryption(String value) {
      this.encryption = ObjectSettings.encryption(value);
      return this;
    }

    /**
     * Sets the tags of the object. Defaults to none.
     *
     * @param value such as {@code state=new&shelf=holidays}; at most 10
     * @return this builder
     */
    public Builder tagging(String value) {
      this.tagging = ObjectSettings.tagging(value);
      return this;
    }

    /**
     * Sets whether kinds and formats that cannot carry a header of the object are granted without
     * it. Defaults to false: such a profile is rejected.
     *
     * @param optional true to store their objects without the header
     * @return this builder
     */
    public Builder optionalHeaders(boolean optional) {
      this.optionalHeaders = optional;
      return this;
    }

    /**
     * Sets the URL below which the objects can be read without a signature, such as that of a CDN.
     * Links are then unsigned. Defaults to none: links are signed for the bucket's address.
     *
     * @param url an {@code http} or {@code https} URL without query; the key follows it
     * @return this builder
     */
    public Builder publicUrl(URI url) {
      this.publicUrl = ObjectSettings.publicUrl(url);
      return this;
    }

    /**
     * Sets the variables that a client may send with its request for a grant. The event of the
     * upload has them, as the caller's claim. Defaults to none.
     *
     * @param names at most 8: a letter, and up to 31 letters, digits, hyphens and underscores
     * @return this builder
     * @throws IllegalArgumentException if there are more, or one is invalid
     */
    public Builder vars(List<String> names) {
      this.vars = UploadVars.names(names);
      return this;
    }

    /**
     * Sets whether the callback asks OSS for the width, height and format of images. OSS then
     * reports every object that is a broken image, or none, as a failed callback. Defaults to
     * false.
     *
     * @param asked true if the profile allows images only
     * @return this builder
     */
    public Builder imageInfo(boolean asked) {
      this.imageInfo = asked;
      return this;
    }

    /**
     * Builds the profile.
     *
     * @return the profile
     * @throws IllegalArgumentException if the minimum size is larger than the maximum
     */
    public UploadProfile build() {
      return new UploadProfile(this);
    }

    private static long requireSize(String name, long bytes) {
      if (bytes < 0 || bytes > OSS_MAX_SIZE) {
        throw new IllegalArgumentException(
            "The " + name + " size must be 0 bytes to 48.8 TB, but is " + bytes + ".");
      }
      return bytes;
    }
  }
}
