package io.osspost.callback;

import io.osspost.object.ObjectKey;
import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A completed upload, as OSS reported it and as it was granted.
 *
 * @param eventId the same for every report of this upload, and different for any other upload
 * @param confirmation whether the server has looked at the object
 * @param source how the server learned of the upload
 * @param grantId the id of the grant
 * @param caller the caller that the upload was granted to
 * @param profileId the tenant and its profile; empty for a configured profile
 * @param bucket the bucket's name
 * @param key the object's full name
 * @param size the object's size in bytes
 * @param mimeType the media type that OSS stored. The uploader chose it within the limits of the
 *     grant
 * @param etag the object's entity tag, without quotes
 * @param crc64 the object's CRC-64 in decimal digits, if OSS sent it
 * @param image the properties of the image, if the callback requested them ({@code image-info}) and
 *     the object is an image. They are unverified: only the callback has them, and the server
 *     cannot compare them with the object
 * @param requestId the id of the request that stored the object, if OSS sent it
 * @param profile the name of the profile that the upload was granted under
 * @param filename the file's name as the client stated it, without directories and invisible
 *     characters; a long name is shortened before its extension
 * @param vars the variables that the page sent with its request for the grant: the claim of the
 *     caller, which cannot change after the grant
 * @param variables every other member of the callback's body that has a value. The client chose the
 *     values of custom variables, unless the policy pins them
 */
public record UploadedObject(
    String eventId,
    Confirmation confirmation,
    ReportSource source,
    UUID grantId,
    Caller caller,
    Optional<ProfileId> profileId,
    String bucket,
    ObjectKey key,
    long size,
    Optional<String> mimeType,
    String etag,
    Optional<String> crc64,
    Optional<UploadedImage> image,
    Optional<String> requestId,
    String profile,
    Optional<String> filename,
    Map<String, String> vars,
    Map<String, String> variables) {
  /**
   * Copies the maps, and checks nothing.
   *
   * @param eventId of the upload
   * @param confirmation whether the server has looked at the object
   * @param source how the server learned of the upload
   * @param grantId the id of the grant
   * @param caller the caller that the upload was granted to
   * @param profileId of a tenant, or empty
   * @param bucket the bucket's name
   * @param key the object's full name
   * @param size in bytes
   * @param mimeType the media type that OSS stored
   * @param etag without quotes
   * @param crc64 in decimal digits
   * @param image empty for anything else
   * @param requestId of the upload
   * @param profile the name of the profile
   * @param filename as the client stated it
   * @param vars by name
   * @param variables the body's other members, by name
   */
  public UploadedObject {
    vars = Map.copyOf(vars);
    variables = Map.copyOf(variables);
  }

  /**
   * Returns a builder for tests of the application. Defaults to an anonymous caller, 0 bytes, a
   * confirmed object of a callback, and random ids.
   *
   * @param bucket the bucket's name
   * @param key the object's full name
   * @return a builder
   */
  public static Builder builder(String bucket, ObjectKey key) {
    return new Builder(bucket, key);
  }

  /** Collects an object's properties. Not thread-safe. */
  public static final class Builder {
    private final String bucket;
    private final ObjectKey key;
    private String eventId = UUID.randomUUID().toString();
    private Confirmation confirmation = Confirmation.CONFIRMED;
    private ReportSource source = ReportSource.CALLBACK;
    private UUID grantId = UUID.randomUUID();
    private Caller caller = Caller.anonymous();
    private Optional<ProfileId> profileId = Optional.empty();
    private long size;
    private Optional<String> mimeType = Optional.empty();
    private String etag = "";
    private Optional<String> crc64 = Optional.empty();
    private Optional<UploadedImage> image = Optional.empty();
    private Optional<String> requestId = Optional.empty();
    private String profile = "default";
    private Optional<String> filename = Optional.empty();
    private Map<String, String> vars = Map.of();
    private Map<String, String> variables = Map.of();

    private Builder(String bucket, ObjectKey key) {
      this.bucket = Objects.requireNonNull(bucket, "bucket");
      this.key = Objects.requireNonNull(key, "key");
    }

    /**
     * Sets the id of the event.
     *
     * @param eventId the same for every report of this upload
     * @return this builder
     */
    public Builder eventId(String eventId) {
      this.eventId = eventId;
      return this;
    }

    /**
     * Sets whether the server has looked at the object.
     *
     * @param confirmation how certain size, type and ETag are
     * @return this builder
     */
    public Builder confirmation(Confirmation confirmation) {
      this.confirmation = confirmation;
      return this;
    }

    /**
     * Sets how the server learned of the upload.
     *
     * @param source the first of the sources
     * @return this builder
     */
    public Builder source(ReportSource source) {
      this.source = source;
      return this;
    }

    /**
     * Sets the id of the grant.
     *
     * @param grantId the id
     * @return this builder
     */
    public Builder grantId(UUID grantId) {
      this.grantId = grantId;
      return this;
    }

    /**
     * Sets the caller that the upload was granted to.
     *
     * @param caller may be anonymous
     * @return this builder
     */
    public Builder caller(Caller caller) {
      this.caller = caller;
      return this;
    }

    /**
     * Sets the tenant and its profile. Defaults to a configured profile.
     *
     * @param profileId of a tenant, or empty
     * @return this builder
     */
    public Builder profileId(Optional<ProfileId> profileId) {
      this.profileId = profileId;
      return this;
    }

    /**
     * Sets the size.
     *
     * @param bytes 0 or more
     * @return this builder
     */
    public Builder size(long bytes) {
      this.size = bytes;
      return this;
    }

    /**
     * Sets the media type that OSS stored.
     *
     * @param mimeType such as {@code image/png}
     * @return this builder
     */
    public Builder mimeType(String mimeType) {
      this.mimeType = Optional.of(mimeType);
      return this;
    }

    /**
     * Sets the object's entity tag.
     *
     * @param etag without quotes
     * @return this builder
     */
    public Builder etag(String etag) {
      this.etag = etag;
      return this;
    }

    /**
     * Sets the object's CRC-64.
     *
     * @param crc64 in decimal digits
     * @return this builder
     */
    public Builder crc64(String crc64) {
      this.crc64 = Optional.of(crc64);
      return this;
    }

    /**
     * Sets the properties of the image.
     *
     * @param image its size and format
     * @return this builder
     */
    public Builder image(UploadedImage image) {
      this.image = Optional.of(image);
      return this;
    }

    /**
     * Sets the id of the request that stored the object.
     *
     * @param requestId as OSS writes it
     * @return this builder
     */
    public Builder requestId(String requestId) {
      this.requestId = Optional.of(requestId);
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
     * Sets the name of the file.
     *
     * @param filename as the client stated it
     * @return this builder
     */
    public Builder filename(String filename) {
      this.filename = Optional.of(filename);
      return this;
    }

    /**
     * Sets the variables that the page sent with its request for the grant.
     *
     * @param vars by name
     * @return this builder
     */
    public Builder vars(Map<String, String> vars) {
      this.vars = Map.copyOf(vars);
      return this;
    }

    /**
     * Sets the other members of the callback's body.
     *
     * @param variables by name
     * @return this builder
     */
    public Builder variables(Map<String, String> variables) {
      this.variables = Map.copyOf(variables);
      return this;
    }

    /** {@return the object} */
    public UploadedObject build() {
      return new UploadedObject(
          eventId,
          confirmation,
          source,
          grantId,
          caller,
          profileId,
          bucket,
          key,
          size,
          mimeType,
          etag,
          crc64,
          image,
          requestId,
          profile,
          filename,
          vars,
          variables);
    }
  }
}
