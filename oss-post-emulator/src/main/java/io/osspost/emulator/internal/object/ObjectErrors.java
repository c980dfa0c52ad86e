package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRefusedException;

/** The errors that all kinds of uploads can have. */
public final class ObjectErrors {
  private ObjectErrors() {}

  /** Returns the error of an upload that must not replace an existing object. */
  public static OssRefusedException exists(String key) {
    return fileExists()
        .ec("0026-00000002")
        .because("'" + key + "' exists, and the upload forbids overwriting");
  }

  /**
   * Returns the error of an upload that must not replace an object that another upload stored in
   * the meantime.
   */
  public static OssRefusedException storedMeanwhile(String key) {
    return fileExists()
        .ec("0026-00000201")
        .because("'" + key + "' was stored by another upload in the meantime");
  }

  public static OssRefusedException missingLength() {
    return OssError.of(
            411, "MissingContentLength", "You must provide the Content-Length HTTP header.")
        .ec("0017-00000101")
        .because("the request has neither Content-Length nor Transfer-Encoding");
  }

  public static OssError fileExists() {
    return OssError.of(
        409,
        "FileAlreadyExists",
        "The object you specified already exists and can not be overwritten.");
  }
}
