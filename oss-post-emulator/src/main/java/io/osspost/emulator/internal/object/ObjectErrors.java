package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRefusedException;

/** Refusals every kind of upload shares. */
public final class ObjectErrors {
  private ObjectErrors() {}

  /** For an upload that would replace an object and must not. */
  public static OssRefusedException exists(String key) {
    return fileExists()
        .ec("0026-00000002")
        .because("'" + key + "' exists, and the upload forbids overwriting");
  }

  /** For an upload another one was faster than. */
  public static OssRefusedException storedMeanwhile(String key) {
    return fileExists()
        .ec("0026-00000201")
        .because("'" + key + "' was stored by another upload meanwhile");
  }

  public static OssRefusedException missingLength() {
    return OssError.of(
            411, "MissingContentLength", "You must provide the Content-Length HTTP header.")
        .ec("0017-00000101")
        .because("the request has neither Content-Length nor chunks");
  }

  public static OssError fileExists() {
    return OssError.of(
        409,
        "FileAlreadyExists",
        "The object you specified already exists and can not be overwritten.");
  }
}
