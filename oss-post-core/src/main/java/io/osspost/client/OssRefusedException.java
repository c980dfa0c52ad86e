package io.osspost.client;

import java.io.Serial;

/** Thrown if OSS refused a request. */
public final class OssRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** The HTTP status. */
  private final int status;

  /** OSS's error code, or an empty text if there was none. */
  private final String code;

  OssRefusedException(int status, String code, String ec) {
    super("OSS responded with " + status + " " + code + (ec.isEmpty() ? "" : " (EC " + ec + ")"));
    this.status = status;
    this.code = code;
  }

  static OssRefusedException of(OssAnswer answer) {
    XmlElement error = XmlElement.orEmpty(answer.body());
    return new OssRefusedException(
        answer.status(), error.text("Code"), answer.header("x-oss-ec").orElse(error.text("EC")));
  }

  /** {@return the HTTP status} */
  public int status() {
    return status;
  }

  /** {@return OSS's error code, such as {@code NoSuchUpload}; empty if there was none} */
  public String code() {
    return code;
  }
}
