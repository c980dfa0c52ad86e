package io.osspost.profile;

import java.io.Serial;

/**
 * Thrown if an upload is not granted. It has two texts for the user, a fact and a fix, which
 * contain no secrets.
 */
public final class UploadRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** The reason, for programs. */
  public enum Reason {
    /** The caller did not log in. */
    NOT_AUTHENTICATED("not-authenticated"),
    /** The caller is known, but not allowed. */
    NOT_ALLOWED("not-allowed"),
    /** The requesting page belongs to another site. */
    FOREIGN_ORIGIN("foreign-origin"),
    /** The profile does not offer this kind of grant or this response format. */
    GRANT_NOT_OFFERED("grant-not-offered"),
    /** There is no profile with that name. */
    UNKNOWN_PROFILE("unknown-profile"),
    /** A parameter is malformed, repeated, or contradicts another. */
    BAD_PARAMETER("bad-parameter"),
    /** The file has fewer bytes than the profile allows. */
    FILE_TOO_SMALL("file-too-small"),
    /** The file has more bytes than the profile allows. */
    FILE_TOO_LARGE("file-too-large"),
    /** The profile does not allow files of this media type. */
    TYPE_NOT_ALLOWED("type-not-allowed"),
    /** The upload of the earlier grant was reported, so the grant is not repeated. */
    ALREADY_UPLOADED("already-uploaded"),
    /** The page cannot send the fields that the current credentials need. */
    CREDENTIALS_DO_NOT_FIT_PAGE("credentials-do-not-fit-page");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** {@return the reason as it is written in responses: stable, lower-case, hyphenated} */
    public String code() {
      return code;
    }
  }

  /** The reason, for programs. */
  private final Reason reason;

  /** The problem in one sentence. */
  private final String fact;

  /** The fix in one sentence. */
  private final String fix;

  /**
   * Creates an exception with texts for the user. The message is both of them.
   *
   * @param reason determines the status of the response
   * @param fact the problem in one sentence
   * @param fix the fix in one sentence
   */
  public UploadRefusedException(Reason reason, String fact, String fix) {
    super(fact + " " + fix);
    this.reason = reason;
    this.fact = fact;
    this.fix = fix;
  }

  /** {@return the reason, for programs} */
  public Reason reason() {
    return reason;
  }

  /** {@return the problem in one sentence} */
  public String fact() {
    return fact;
  }

  /** {@return the fix for the user in one sentence} */
  public String fix() {
    return fix;
  }
}
