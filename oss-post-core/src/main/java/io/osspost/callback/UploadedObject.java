package io.osspost.callback;

import io.osspost.object.ObjectKey;
import io.osspost.profile.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An upload that happened, as OSS reported it and as it was granted.
 *
 * @param eventId the same for every report of this upload, and different for any other upload
 * @param confirmation whether the server has seen the object itself
 * @param grantId the number of the grant
 * @param caller who the upload was granted to
 * @param bucket the bucket's name
 * @param key the object's full name
 * @param size the object's size in bytes
 * @param mimeType the media type OSS stored; the uploader's claim, within what the grant allowed
 * @param etag the object's entity tag, without quotes
 * @param crc64 the object's CRC-64 in decimal digits, when OSS told it
 * @param image what OSS found out about an image, when it was asked to and it is one
 * @param requestId the id of the request that stored the object, when OSS told it
 * @param variables every other member of the callback's body that has a value; those that stand for
 *     custom variables were chosen by the client, unless the policy pins them
 */
public record UploadedObject(
    String eventId,
    Confirmation confirmation,
    UUID grantId,
    Caller caller,
    String bucket,
    ObjectKey key,
    long size,
    Optional<String> mimeType,
    String etag,
    Optional<String> crc64,
    Optional<Image> image,
    Optional<String> requestId,
    Map<String, String> variables) {
  /**
   * Copies the variables, and checks nothing.
   *
   * @param eventId of the upload
   * @param confirmation whether the server has seen the object
   * @param grantId the number of the grant
   * @param caller who the upload was granted to
   * @param bucket the bucket's name
   * @param key the object's full name
   * @param size in bytes
   * @param mimeType the media type OSS stored
   * @param etag without quotes
   * @param crc64 in decimal digits
   * @param image empty for anything else
   * @param requestId of the upload
   * @param variables the body's other members, by name
   */
  public UploadedObject {
    variables = Map.copyOf(variables);
  }

  /** Whether the server has seen the object itself. */
  public enum Confirmation {
    /** It has, and the object is the one that the callback reported. */
    CONFIRMED,
    /** It has seen a newer object of the same grant; size, type and ETag are of that one. */
    SUPERSEDED,
    /** It has not: size, type and ETag are as the callback reported them. */
    UNCONFIRMED
  }

  /**
   * What OSS found out about an image.
   *
   * @param width in pixels
   * @param height in pixels
   * @param format such as {@code jpg}
   */
  public record Image(int width, int height, String format) {}
}
