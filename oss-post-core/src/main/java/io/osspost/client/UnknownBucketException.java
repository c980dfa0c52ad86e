package io.osspost.client;

import java.io.Serial;

/** Thrown before a request is sent, if no profile of today has the bucket of the grant. */
final class UnknownBucketException extends OssUnreachableException {
  @Serial private static final long serialVersionUID = 1;

  UnknownBucketException(String bucket) {
    super("no profile has bucket " + bucket + " any more");
  }
}
