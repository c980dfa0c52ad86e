package io.osspost.emulator.internal.multipart;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.store.MultipartUpload;
import io.osspost.emulator.internal.store.ObjectStore;
import java.util.Optional;

/** Reads the upload and the part of a request, with the documented refusals. */
final class MultipartParameters {
  private MultipartParameters() {}

  /** Returns the upload of parameter {@code uploadId}, if it is one of the key in the URL. */
  static Optional<MultipartUpload> find(ObjectStore store, OssRequest request) {
    return store
        .upload(request.bucket(), uploadId(request))
        .filter(upload -> upload.key().equals(request.key()));
  }

  /**
   * Returns the upload of parameter {@code uploadId}. It must be an upload of the key in the URL.
   */
  static MultipartUpload upload(ObjectStore store, OssRequest request, String ec) {
    String id = uploadId(request);
    Optional<MultipartUpload> upload = store.upload(request.bucket(), id);
    if (upload.filter(found -> found.key().equals(request.key())).isEmpty()) {
      throw noSuchUpload(id, ec)
          .because(
              upload.isPresent()
                  ? "upload '" + id + "' is for another key than '" + request.key() + "'"
                  : "there is no upload '"
                      + id
                      + "' in progress: its id is wrong, or it was"
                      + " completed or aborted");
    }
    return upload.get();
  }

  /** Returns the parameter {@code uploadId}; an empty text without one. */
  static String uploadId(OssRequest request) {
    return request.query("uploadId").orElse("");
  }

  static OssError noSuchUpload(String id, String ec) {
    return OssError.of(
            404,
            "NoSuchUpload",
            "The specified upload does not exist. The upload ID may be invalid, or the upload may"
                + " have been aborted or completed.")
        .ec(ec)
        .member("UploadId", id);
  }

  /** Reads parameter {@code partNumber}. */
  static int partNumber(OssRequest request) {
    String text = request.query("partNumber").orElse("");
    int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > 10_000) {
      throw OssError.invalidArgument(
              "Part number must be an integer between 1 and 10000, inclusive.", "PartNumber", text)
          .ec("0017-00000220")
          .because("partNumber is '" + text + "'");
    }
    return number;
  }

  static OssError invalidPart() {
    return OssError.of(
        400,
        "InvalidPart",
        "One or more of the specified parts could not be found or the specified entity tag might"
            + " not have matched the part's entity tag.");
  }
}
