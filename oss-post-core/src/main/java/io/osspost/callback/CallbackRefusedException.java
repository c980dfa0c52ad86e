package io.osspost.callback;

import java.io.Serial;

/**
 * Thrown if a request is not OSS's callback for a granted upload, or if its ticket is invalid. The
 * texts are for the operator: the problem and the fix. They contain no secret, signature or ticket.
 */
public final class CallbackRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** The reason, for programs. */
  public enum Reason {
    /** The method is not POST. */
    NOT_POST("not-post"),
    /** The body is larger than any expected callback. */
    BODY_TOO_LARGE("body-too-large"),
    /** The signature is missing. */
    SIGNATURE_MISSING("signature-missing"),
    /** The signature is not Base64, or too long. */
    SIGNATURE_MALFORMED("signature-malformed"),
    /** The request does not name the key that signed it. */
    KEY_URL_MISSING("key-url-missing"),
    /** The name of the key is not Base64, or too long. */
    KEY_URL_MALFORMED("key-url-malformed"),
    /** The key's address is not where OSS publishes its keys. */
    KEY_URL_FOREIGN("key-url-foreign"),
    /** OSS may have published the key, but it is not a configured one. */
    KEY_UNKNOWN("key-unknown"),
    /** The path cannot be decoded. */
    PATH_MALFORMED("path-malformed"),
    /** The signature does not match this request. */
    SIGNATURE_WRONG("signature-wrong"),
    /** The body does not have the form that the grant requested. */
    BODY_MALFORMED("body-malformed"),
    /** The body contains no ticket. */
    TICKET_MISSING("ticket-missing"),
    /** The ticket was not issued with this secret, or was changed. */
    TICKET_FORGED("ticket-forged"),
    /** The ticket is too old. */
    TICKET_EXPIRED("ticket-expired"),
    /** The object is in a bucket that was not granted. */
    OTHER_BUCKET("other-bucket"),
    /** The object has a name that was not granted. */
    OTHER_OBJECT("other-object"),
    /** The object has a size that was not granted. */
    SIZE_OUT_OF_RANGE("size-out-of-range"),
    /** The object has a type that was not granted. */
    OTHER_TYPE("other-type"),
    /** The object was not stored under the ticket's grant. */
    OTHER_GRANT("other-grant"),
    /** The bucket has no such object. */
    NOT_STORED("not-stored"),
    /** OSS could not be asked about the object. */
    NOT_CONFIRMED("not-confirmed"),
    /** The memory of reported uploads does not answer. */
    STORE_UNAVAILABLE("store-unavailable"),
    /** The listener still works on the same upload. */
    IN_PROGRESS("in-progress");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** {@return whether the same callback may be accepted later} */
    public boolean isTemporary() {
      return this == NOT_CONFIRMED || this == STORE_UNAVAILABLE || this == IN_PROGRESS;
    }

    /**
     * {@return the reason as it is written in logs and responses: stable, lower-case, hyphenated}
     */
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

  CallbackRefusedException(Reason reason, String fact, String fix) {
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

  /** {@return the fix for the operator in one sentence} */
  public String fix() {
    return fix;
  }
}
