package io.osspost.emulator.fault;

import io.osspost.emulator.internal.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A fault of the service, for tests of clients. By default it occurs once, with the next request.
 * Immutable; {@code on}, {@code withQuery}, {@code times} and the like return copies.
 *
 * @param effect the kind of fault
 * @param target the affected requests: a method, {@code STS}, or {@code *} for all of OSS
 * @param query the parameters that the URL of an affected request has; an empty value stands for
 *     every value
 * @param times the number of requests with which it occurs
 * @param eachPart whether it affects only parts of multipart uploads, and {@code times} counts for
 *     each part separately
 */
public record Fault(
    Effect effect, String target, Map<String, String> query, int times, boolean eachPart) {
  private static final String ANY = "*";
  private static final List<String> TARGETS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", Faults.STS, ANY);
  private static final int LAST_PART = 10_000;

  /** The kind of a fault. */
  public sealed interface Effect {}

  /** The request waits before it is processed. */
  public record Delay(Duration duration) implements Effect {}

  /** The connection is closed before the request is processed. */
  public record Drop() implements Effect {}

  /** The request is rejected with this error, before it is processed. */
  public record Refusal(int status, String code, String message) implements Effect {}

  /** The connection is closed after this number of bytes of the request body. */
  public record CutUpload(long bytes) implements Effect {}

  /**
   * The request is processed. The connection is closed after this number of bytes of the response
   * body.
   */
  public record CutAnswer(long bytes) implements Effect {}

  /** The request is processed, but the client receives nothing of the response. */
  public record LoseAnswer() implements Effect {}

  /** The application is not called. The response reports that the callback failed. */
  public record LoseCallback() implements Effect {}

  /**
   * The application is called, but its response is discarded. The uploader's response reports that
   * the application was too slow.
   */
  public record LoseCallbackAnswer() implements Effect {}

  /** The application is called twice. Its second response is used. */
  public record DoubleCallback() implements Effect {}

  public Fault {
    if (times < 1) {
      throw new IllegalArgumentException(
          "A fault cannot occur " + times + " times. Use 1 or more, or do not add it.");
    }
    if (!TARGETS.contains(target)) {
      throw new IllegalArgumentException(
          "A fault cannot affect '" + target + "'. Use one of " + TARGETS + ".");
    }
    if (target.equals(Faults.STS) && (eachPart || !query.isEmpty())) {
      throw new IllegalArgumentException(
          "A fault of STS cannot select parts or parameters. Select a method of OSS, or omit them.");
    }
    query = Map.copyOf(query);
  }

  public static Fault delay(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "A delay of " + DurationText.of(duration) + " is negative. Use 0 or more.");
    }
    return once(new Delay(duration));
  }

  public static Fault drop() {
    return once(new Drop());
  }

  /** Returns a fault that responds with an error, such as 503 {@code ServiceUnavailable}. */
  public static Fault refusal(int status, String code, String message) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException(
          status + " is not the status of an error. Use one between 400 and 599.");
    }
    return once(new Refusal(status, code, message));
  }

  /**
   * Returns a fault that responds with 500 {@code InternalError} or 503 {@code ServiceUnavailable},
   * with the message of OSS.
   */
  public static Fault refusal(int status) {
    return status == 503
        ? refusal(503, "ServiceUnavailable", "Thread pool is almost full, please retry later.")
        : refusal(status, "InternalError", "We encountered an internal error. Please try again.");
  }

  public static Fault cutUploadAfter(long bytes) {
    return once(new CutUpload(positive(bytes)));
  }

  /**
   * Returns a fault that cuts the response. If the response has no body, the client receives
   * nothing.
   */
  public static Fault cutAnswerAfter(long bytes) {
    return once(new CutAnswer(positive(bytes)));
  }

  /** Returns a fault that closes the connection after the request, without a response. */
  public static Fault loseAnswer() {
    return once(new LoseAnswer());
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

  /** Returns this fault for requests of {@code method}, or of {@code STS}, only. */
  public Fault on(String method) {
    return new Fault(effect, method, query, times, eachPart);
  }

  /** Returns this fault for requests only whose URL has parameter {@code name}, with any value. */
  public Fault withQuery(String name) {
    return withQuery(name, "");
  }

  /**
   * Returns this fault for requests only whose URL has parameter {@code name} with this value. An
   * empty value stands for every value.
   */
  public Fault withQuery(String name, String value) {
    Map<String, String> more = new TreeMap<>(query);
    more.put(name, value);
    return new Fault(effect, target, more, times, eachPart);
  }

  /** Returns this fault for part {@code number} of every multipart upload only. */
  public Fault onPart(int number) {
    if (number < 1 || number > LAST_PART) {
      throw new IllegalArgumentException(
          "A part cannot have the number " + number + ". Use 1 to " + LAST_PART + ".");
    }
    return on("PUT").withQuery("partNumber", Integer.toString(number));
  }

  /**
   * Returns this fault for parts only. It occurs in each part of each multipart upload {@link
   * #times()} times, until {@link Faults#clear}.
   */
  public Fault inEachPart() {
    return new Fault(effect, target, query, times, true);
  }

  /** Returns this fault for {@code times} requests. */
  public Fault times(int times) {
    return new Fault(effect, target, query, times, eachPart);
  }

  /** Returns this fault for all requests until {@link Faults#clear}. */
  public Fault always() {
    return times(Integer.MAX_VALUE);
  }

  boolean appliesTo(String request, Map<String, String> sent) {
    boolean targeted =
        target.equals(request) || (target.equals(ANY) && !request.equals(Faults.STS));
    return targeted && query.entrySet().stream().allMatch(wanted -> isSent(wanted, sent));
  }

  private static boolean isSent(Map.Entry<String, String> wanted, Map<String, String> sent) {
    String name = wanted.getKey();
    return wanted.getValue().isEmpty()
        ? sent.containsKey(name)
        : wanted.getValue().equals(sent.get(name));
  }

  private static Fault once(Effect effect) {
    return new Fault(effect, ANY, Map.of(), 1, false);
  }

  private static long positive(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "A connection cannot be cut after " + bytes + " bytes. Use 0 or more.");
    }
    return bytes;
  }
}
