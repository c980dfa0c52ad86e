package io.osspost.emulator.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * One request and its result. Contains no secret, token or signature.
 *
 * @param at the time of the result, by the emulator's clock
 * @param requestId as in {@code x-oss-request-id}, or in the response of STS
 * @param method such as {@code POST}; a call of STS is {@code STS AssumeRole}
 * @param bucket empty for a request to the service itself
 * @param key of the object, a form's too; empty for a request to the bucket
 * @param status of the response; 0 if the connection was closed instead
 * @param code of the error, such as {@code AccessDenied}
 * @param ec the number of the exact cause, such as {@code 0006-00000227}
 * @param explanation the reason in one line; may be empty for a successful request
 */
public record JournalEntry(
    Instant at,
    String requestId,
    String method,
    String bucket,
    String key,
    int status,
    Optional<String> code,
    Optional<String> ec,
    String explanation) {

  /** Returns whether the request succeeded. A failed callback, 203, is not a success. */
  public boolean succeeded() {
    return status >= 200 && status < 400 && code.isEmpty();
  }

  /** Returns the entry in one line, as in the log. */
  @Override
  public String toString() {
    return method
        + " /"
        + (key.isEmpty() ? bucket : bucket + "/" + key)
        + " ["
        + requestId
        + "] "
        + (status == 0 ? "cut" : status)
        + code.map(text -> " " + text).orElse("")
        + ec.map(text -> " " + text).orElse("")
        + (explanation.isEmpty() ? "" : ": " + explanation);
  }
}
