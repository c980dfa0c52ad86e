package io.osspost.client;

import java.io.Serial;

/** Thrown if OSS returned no usable response in time. The request may have had its effect. */
public class OssUnreachableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  OssUnreachableException(String reason) {
    super(reason);
  }

  /** {@return the reason, a clause for the operator without URLs and secrets} */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
