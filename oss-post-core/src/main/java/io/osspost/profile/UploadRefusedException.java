package io.osspost.profile;

import java.io.Serial;

/**
 * Someone asked for an upload they may not have. Both texts are shown to that person: a fact, and
 * what to do about it; neither holds a secret.
 */
public final class UploadRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Why, in terms a program can act on. */
  public enum Reason {
    /** The caller did not log in. */
    NOT_AUTHENTICATED("not-authenticated"),
    /** The caller is known and may not. */
    NOT_ALLOWED("not-allowed"),
    /** The page that asks belongs to another site. */
    FOREIGN_ORIGIN("foreign-origin"),
    /** The profile does not offer this kind of grant or this format of answer. */
    GRANT_NOT_OFFERED("grant-not-offered"),
    /** There is no profile of that name. */
    UNKNOWN_PROFILE("unknown-profile"),
    /** A parameter is malformed, repeated, or contradicts another. */
    BAD_PARAMETER("bad-parameter"),
    /** The file has fewer bytes than the profile admits. */
    FILE_TOO_SMALL("file-too-small"),
    /** The file has more bytes than the profile admits. */
    FILE_TOO_LARGE("file-too-large"),
    /** The profile does not admit files of this media type. */
    TYPE_NOT_ALLOWED("type-not-allowed"),
    /** The upload of an earlier grant was reported, so that grant is not repeated. */
    ALREADY_UPLOADED("already-uploaded"),
    /** What signs now is not what the page that asks can send. */
    CREDENTIALS_DO_NOT_FIT_PAGE("credentials-do-not-fit-page");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** {@return the reason as it is written in answers: stable, lower-case, hyphenated} */
    public String code() {
      return code;
    }
  }

  /** Why, for programs. */
  private final Reason reason;

  /** What is wrong, as one sentence. */
  private final String fact;

  /** What to do about it, as one sentence. */
  private final String fix;

  /**
   * Refuses with texts for the person who asked; the message is both of them.
   *
   * @param reason what decides the status of the answer
   * @param fact what is wrong, as one sentence
   * @param fix what the reader can do about it, as one sentence
   */
  public UploadRefusedException(Reason reason, String fact, String fix) {
    super(fact + " " + fix);
    this.reason = reason;
    this.fact = fact;
    this.fix = fix;
  }

  /** {@return why, in terms a program can act on} */
  public Reason reason() {
    return reason;
  }

  /** {@return what is wrong, as one sentence} */
  public String fact() {
    return fact;
  }

  /** {@return what the reader can do about it, as one sentence} */
  public String fix() {
    return fix;
  }
}
