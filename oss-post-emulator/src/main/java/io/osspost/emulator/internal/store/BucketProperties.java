package io.osspost.emulator.internal.store;

import java.time.Instant;
import java.util.Optional;

/**
 * The properties of a bucket. Immutable.
 *
 * @param cors the CORS rules as the document that set them; empty without rules
 */
public record BucketProperties(
    Instant created, ObjectAcl acl, String storageClass, Optional<String> cors) {

  public BucketProperties with(ObjectAcl newAcl) {
    return new BucketProperties(created, newAcl, storageClass, cors);
  }

  public BucketProperties withCors(Optional<String> newCors) {
    return new BucketProperties(created, acl, storageClass, newCors);
  }
}
