package io.osspost.emulator.internal.sts;

/**
 * Reports a call that STS would reject: status, code and message as documented. {@link #why} is the
 * reason for the log, without secrets or tokens.
 *
 * <p>Source: STS documentation "AssumeRole", and the common errors of Alibaba Cloud's API gateway.
 */
final class StsRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String why;

  StsRefusedException(int status, String code, String message, String why) {
    super(message);
    this.status = status;
    this.code = code;
    this.why = why;
  }

  static StsRefusedException missing(String parameter) {
    return new StsRefusedException(
        400,
        "Missing" + parameter,
        parameter + " is mandatory for this action.",
        "the call has no " + parameter);
  }

  static StsRefusedException wronglyFormed(String parameter, String why) {
    return new StsRefusedException(
        400,
        "InvalidParameter." + parameter,
        "The parameter " + parameter + " is wrongly formed.",
        why);
  }

  static StsRefusedException noPermission(String why) {
    return new StsRefusedException(
        403,
        "NoPermission",
        "You are not authorized to do this action. You should be authorized by RAM.",
        why);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String why() {
    return why;
  }
}
