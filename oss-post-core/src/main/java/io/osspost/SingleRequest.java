package io.osspost;

import io.osspost.admission.AdmittedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;

/**
 * The size that OSS stores with one request: a form or a PUT. Larger files need parts.
 *
 * <p>Source: OSS documentation, "PostObject" and "PutObject": 5 GB, read as 5 GiB.
 */
final class SingleRequest {
  static final long LARGEST = 5L << 30;

  private SingleRequest() {}

  /** Returns the maximum size of a form or a PUT of {@code profile}, in bytes. */
  static long maxSize(UploadProfile profile) {
    return Math.min(profile.maxSize(), LARGEST);
  }

  /** Rejects an upload that only parts can carry. */
  static void require(AdmittedUpload upload) {
    if (upload.size().orElse(0) > LARGEST) {
      throw new UploadRefusedException(
          Reason.FILE_TOO_LARGE,
          "OSS stores files of more than 5 GB only in parts.",
          "Request an upload in parts.");
    }
  }
}
