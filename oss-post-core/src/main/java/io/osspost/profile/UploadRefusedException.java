package io.osspost.profile;

import java.io.Serial;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

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
    /** The bucket has no object with the mark of the grant, or not yet. */
    NOT_STORED_YET("not-stored-yet"),
    /** The server could not look at the object. */
    NOT_CONFIRMED("not-confirmed"),
    /** Parts of the upload are missing or have a wrong size. */
    PARTS_MISSING("parts-missing"),
    /** The stored parts differ from the client's file. */
    CHECKSUM_MISMATCH("checksum-mismatch"),
    /** The upload was completed before. */
    ALREADY_STORED("already-stored"),
    /** Another object has that name, and may not be replaced. */
    ALREADY_EXISTS("already-exists"),
    /** The quota of the caller or of the profile has too few bytes left. */
    QUOTA_EXCEEDED("quota-exceeded"),
    /** The caller has as many open uploads in parts as the profile permits. */
    TOO_MANY_OPEN_UPLOADS("too-many-open-uploads"),
    /** OSS does not have the upload any more. */
    UPLOAD_GONE("upload-gone"),
    /** The ticket was not issued by this server, or for something else. */
    TICKET_INVALID("ticket-invalid"),
    /**
     * The profile has another bucket or directory than at the grant, or belongs to another tenant.
     */
    PROFILE_CHANGED("profile-changed"),
    /** The ticket's time is over. */
    TICKET_EXPIRED("ticket-expired"),
    /** The ticket was issued for another caller. */
    TICKET_OF_ANOTHER_CALLER("ticket-of-another-caller"),
    /** OSS is still completing the upload. */
    STILL_COMPLETING("still-completing"),
    /** OSS did not answer the server, or refused its request. */
    OSS_UNAVAILABLE("oss-unavailable"),
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

  /** The numbers of the missing parts. */
  private final int[] parts;

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
    this(reason, Collections.emptyList(), fact, fix);
  }

  private UploadRefusedException(Reason reason, List<Integer> parts, String fact, String fix) {
    super(fact + " " + fix);
    this.reason = reason;
    this.parts = parts.stream().mapToInt(Integer::intValue).toArray();
    this.fact = fact;
    this.fix = fix;
  }

  /**
   * {@return an exception with reason {@code PARTS_MISSING}}
   *
   * @param parts the numbers of the parts to send
   * @param fact the problem in one sentence
   * @param fix the fix in one sentence
   */
  public static UploadRefusedException ofParts(List<Integer> parts, String fact, String fix) {
    return new UploadRefusedException(Reason.PARTS_MISSING, List.copyOf(parts), fact, fix);
  }

  /** {@return the numbers of the parts to send; empty for other reasons} */
  public List<Integer> parts() {
    return Arrays.stream(parts).boxed().collect(Collectors.toList());
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
