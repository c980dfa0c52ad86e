package io.osspost.emulator.fault;

import java.time.Duration;

/**
 * One thing that shall go wrong: once, with the next request, unless said otherwise. Immutable;
 * {@code on} and {@code times} return copies.
 *
 * @param effect what goes wrong
 * @param target the requests it is for: a method, {@code STS}, or {@code *} for all of OSS
 * @param times how often it strikes
 */
public record Fault(Effect effect, String target, int times) {
  private static final String ANY = "*";

  /** What goes wrong. */
  public sealed interface Effect {}

  /** The request waits before anything is done. */
  public record Delay(Duration duration) implements Effect {}

  /** The connection is closed; nothing was done. */
  public record Drop() implements Effect {}

  /** The request is refused with this error; nothing was done. */
  public record Refusal(int status, String code, String message) implements Effect {}

  /** The connection is closed when so many bytes of the request's body are read. */
  public record CutUpload(long bytes) implements Effect {}

  /** All is done, and the connection closed when so many bytes of the answer's body are sent. */
  public record CutAnswer(long bytes) implements Effect {}

  /** The application is not called; the uploader is told the callback failed. */
  public record LoseCallback() implements Effect {}

  /** The application is called, but its answer is lost; the uploader is told it was too slow. */
  public record LoseCallbackAnswer() implements Effect {}

  /** The application is called twice; its second answer counts. */
  public record DoubleCallback() implements Effect {}

  public Fault {
    if (times < 1) {
      throw new IllegalArgumentException(
          "A fault cannot strike " + times + " times. Give 1 or more, or do not add it.");
    }
  }

  public static Fault delay(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "A request cannot wait " + duration + ". Give a positive duration.");
    }
    return once(new Delay(duration));
  }

  public static Fault drop() {
    return once(new Drop());
  }

  /** Answers an error, such as 503 {@code ServiceUnavailable}. */
  public static Fault refusal(int status, String code, String message) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException(
          status + " is not the status of an error. Give one between 400 and 599.");
    }
    return once(new Refusal(status, code, message));
  }

  /** Answers 500 {@code InternalError} or 503 {@code ServiceUnavailable}, as OSS words them. */
  public static Fault refusal(int status) {
    return status == 503
        ? refusal(503, "ServiceUnavailable", "Thread pool is almost full, please retry later.")
        : refusal(status, "InternalError", "We encountered an internal error. Please try again.");
  }

  public static Fault cutUploadAfter(long bytes) {
    return once(new CutUpload(positive(bytes)));
  }

  /** An answer without a body is cut whole. */
  public static Fault cutAnswerAfter(long bytes) {
    return once(new CutAnswer(positive(bytes)));
  }

  public static Fault loseCallback() {
    return once(new LoseCallback());
  }

  public static Fault loseCallbackAnswer() {
    return once(new LoseCallbackAnswer());
  }

  public static Fault doubleCallback() {
    return once(new DoubleCallback());
  }

  /** This fault, but only for requests of {@code method}, or for {@code STS}. */
  public Fault on(String method) {
    return new Fault(effect, method, times);
  }

  /** This fault, {@code times} times. */
  public Fault times(int times) {
    return new Fault(effect, target, times);
  }

  /** This fault, until it is cleared. */
  public Fault always() {
    return times(Integer.MAX_VALUE);
  }

  boolean strikes(String request) {
    return target.equals(request) || (target.equals(ANY) && !request.equals(Faults.STS));
  }

  private static Fault once(Effect effect) {
    return new Fault(effect, ANY, 1);
  }

  private static long positive(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "A connection cannot be cut after " + bytes + " bytes. Give 0 or more.");
    }
    return bytes;
  }
}
