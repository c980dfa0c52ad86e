package io.osspost.callback;

import java.io.Serial;

/**
 * A request that is not OSS's callback for an upload of ours, or a ticket that is not good. The
 * texts are for the operator: a fact, and what to do about it. Neither holds a secret, a signature
 * or a ticket.
 */
public final class CallbackRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Why, in terms a program can act on. */
  public enum Reason {
    /** OSS calls back with POST. */
    NOT_POST("not-post"),
    /** The body is larger than any callback of ours. */
    BODY_TOO_LARGE("body-too-large"),
    /** There is no signature. */
    SIGNATURE_MISSING("signature-missing"),
    /** The signature is not Base64, or too long for one. */
    SIGNATURE_MALFORMED("signature-malformed"),
    /** The request does not say which key signed it. */
    KEY_URL_MISSING("key-url-missing"),
    /** What should name the key is not Base64, or too long. */
    KEY_URL_MALFORMED("key-url-malformed"),
    /** The key is not where OSS publishes its keys. */
    KEY_URL_FOREIGN("key-url-foreign"),
    /** The key may be one of OSS's, but it is not the one we have. */
    KEY_UNKNOWN("key-unknown"),
    /** The path cannot be decoded. */
    PATH_MALFORMED("path-malformed"),
    /** The signature is not over this request, or not by OSS. */
    SIGNATURE_WRONG("signature-wrong"),
    /** The body is not the one we asked OSS to send. */
    BODY_MALFORMED("body-malformed"),
    /** The body carries no ticket. */
    TICKET_MISSING("ticket-missing"),
    /** The ticket is not one of ours, or was changed. */
    TICKET_FORGED("ticket-forged"),
    /** The ticket is too old. */
    TICKET_EXPIRED("ticket-expired"),
    /** The object is in another bucket than was granted. */
    OTHER_BUCKET("other-bucket"),
    /** The object has another name than was granted. */
    OTHER_OBJECT("other-object"),
    /** The object is smaller or larger than was granted. */
    SIZE_OUT_OF_RANGE("size-out-of-range"),
    /** The object is of another type than was granted. */
    OTHER_TYPE("other-type"),
    /** The object was not stored under the ticket's grant. */
    OTHER_GRANT("other-grant"),
    /** The bucket has no such object. */
    NOT_STORED("not-stored"),
    /** OSS could not be asked for the object. */
    NOT_CONFIRMED("not-confirmed"),
    /** The listener still works on the same upload. */
    IN_PROGRESS("in-progress");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** {@return whether the same callback may be accepted later} */
    public boolean isTemporary() {
      return this == NOT_CONFIRMED || this == IN_PROGRESS;
    }

    /** {@return the reason as it is written in logs and answers: stable, lower-case, hyphenated} */
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

  CallbackRefusedException(Reason reason, String fact, String fix) {
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

  /** {@return what the operator can do about it, as one sentence} */
  public String fix() {
    return fix;
  }
}
