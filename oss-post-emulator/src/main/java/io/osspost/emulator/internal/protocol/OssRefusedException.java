package io.osspost.emulator.internal.protocol;

/**
 * Reports a request that OSS would reject. The message is the reason, without secrets or tokens.
 */
public final class OssRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient OssError error;

  OssRefusedException(OssError error, String why) {
    super(why, null, false, false);
    this.error = error;
  }

  public OssError error() {
    return error;
  }
}
