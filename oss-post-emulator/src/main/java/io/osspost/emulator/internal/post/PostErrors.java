package io.osspost.emulator.internal.post;

import io.osspost.emulator.internal.protocol.OssError;
import org.jspecify.annotations.Nullable;

/** The errors that several checks of PostObject report. */
final class PostErrors {
  private PostErrors() {}

  static OssError malformed(String ec) {
    return malformed().ec(ec);
  }

  /** Returns the error for mistakes whose EC is not documented. */
  static OssError malformed() {
    return OssError.of(
        400,
        "MalformedPOSTRequest",
        "The body of your POST request is not well-formed multipart/form-data.");
  }

  static OssError notMultipart() {
    return OssError.of(
        400,
        "RequestIsNotMultiPartContent",
        "Bucket POST must be of the enclosure-type multipart/form-data.");
  }

  static OssError malformed(MultipartException e) {
    return switch (e.fault()) {
      case CUT_OFF -> malformed("0006-00000104");
      case NO_NAME -> malformed("0006-00000103");
      case HEAD_TOO_LONG -> fieldNameTooLong();
    };
  }

  // The message is OSS's own wording.
  static OssError fieldNameTooLong() {
    return OssError.of(400, "FieldItemTooLong", "Your name of form field is too long.")
        .ec("0006-00000110");
  }

  static OssError missing(String field, @Nullable String ec) {
    OssError error =
        OssError.invalidArgument(
            "The bucket POST must contain the specified '"
                + field
                + "'. If it is specified, please check the order of the fields",
            field,
            "");
    return ec == null ? error : error.ec(ec);
  }

  static OssError invalidObjectName() {
    return OssError.of(400, "InvalidObjectName", "The specified object is not valid.");
  }

  static OssError accessDenied(String message) {
    return OssError.of(403, "AccessDenied", message);
  }
}
