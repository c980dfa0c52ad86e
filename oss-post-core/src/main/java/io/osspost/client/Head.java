package io.osspost.client;

import java.util.Optional;

/** The result of a request for an object's headers. */
public sealed interface Head {

  /**
   * The object exists.
   *
   * @param size in bytes
   * @param type the stored media type
   * @param etag without quotes
   * @param crc64 in decimal digits
   * @param lastModified as OSS writes it
   * @param versionId of a bucket with versioning
   * @param mark the value of {@code x-oss-meta-grant}
   */
  record Found(
      long size,
      Optional<String> type,
      String etag,
      Optional<String> crc64,
      String lastModified,
      Optional<String> versionId,
      Optional<String> mark)
      implements Head {}

  /** The bucket has no object of that name. */
  record Absent() implements Head {}

  /** The credentials do not permit the request, so the object may or may not exist. */
  record Forbidden() implements Head {}

  /** No profile of today has the bucket, so nothing was sent. */
  record UnknownBucket() implements Head {}

  /**
   * OSS returned no usable response in time.
   *
   * @param reason a clause for the operator, without URLs and secrets
   */
  record Unavailable(String reason) implements Head {}
}
