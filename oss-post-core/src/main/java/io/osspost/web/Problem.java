package io.osspost.web;

import io.osspost.callback.CallbackRefusedException;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import io.osspost.wire.JsonText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal in the client's format: RFC 9457 problem details with a stable {@code code}, the fact
 * as {@code detail}, and the {@code fix}.
 *
 * @param parts the numbers of the parts to send, for an upload in parts
 */
record Problem(
    int status,
    String code,
    String detail,
    String fix,
    Map<String, String> headers,
    List<Integer> parts) {
  /** The maximum of {@code Retry-After}. A rate limit may return a longer wait. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(365);

  static Problem of(UploadRefusedException refused) {
    int status = status(refused.reason());
    return new Problem(
        status,
        refused.reason().code(),
        refused.fact(),
        refused.fix(),
        status == 503 ? Map.of("Retry-After", retryAfter(refused.reason())) : Map.of(),
        refused.parts());
  }

  private Problem(int status, String code, String detail, String fix, Map<String, String> headers) {
    this(status, code, detail, fix, headers, List.of());
  }

  private static String retryAfter(Reason reason) {
    return reason == Reason.CREDENTIALS_DO_NOT_FIT_PAGE ? "60" : "2";
  }

  /** Returns only the reason, because anyone can send the request. The details are in the log. */
  static Problem of(CallbackRefusedException refused) {
    boolean later = refused.reason().isTemporary();
    return new Problem(
        later ? 503 : 403,
        refused.reason().code(),
        "This request is not accepted as OSS's callback for a granted upload.",
        "The server's log contains the reason.",
        later ? Map.of("Retry-After", "5") : Map.of());
  }

  static Problem notPost(String method) {
    return new Problem(
        405,
        "method-not-allowed",
        "OSS does not call back with method " + method + ".",
        "Use POST.",
        Map.of("Allow", "POST"));
  }

  static Problem methodNotAllowed(String method, String allowed) {
    return new Problem(
        405,
        "method-not-allowed",
        "Method " + method + " is not supported here.",
        "Use " + allowed.replace(", OPTIONS", "").replace(", ", " or ") + ".",
        Map.of("Allow", allowed));
  }

  static Problem unsupportedMediaType(String fix) {
    return new Problem(
        415,
        "unsupported-media-type",
        "The type of the request's body is not supported.",
        fix,
        Map.of());
  }

  static Problem tooManyRequests(Duration wait) {
    Duration limited = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    long seconds = limited.plusNanos(999_999_999).toSeconds();
    return new Problem(
        429,
        "too-many-requests",
        "You requested too many uploads.",
        "Try again in " + seconds + (seconds == 1 ? " second." : " seconds."),
        Map.of("Retry-After", String.valueOf(seconds)));
  }

  static Problem credentialsUnavailable() {
    return new Problem(
        503,
        "credentials-unavailable",
        "The server currently has no credentials to sign with.",
        "Try again later. The server's log contains the cause.",
        Map.of("Retry-After", "5"));
  }

  static Problem storeUnavailable() {
    return new Problem(
        503,
        "store-unavailable",
        "The server's store of uploads does not answer.",
        "Try again later. The server's log contains the cause.",
        Map.of("Retry-After", "5"));
  }

  static Problem failed() {
    return new Problem(
        500,
        "server-error",
        "The server failed to answer the request.",
        "Try again. The server's log contains the cause.",
        Map.of());
  }

  /** Returns a problem that OSS passes to the uploader. */
  static Problem callbackFailed() {
    return new Problem(
        500,
        "server-error",
        "The server failed to process the callback. The file is stored.",
        "The server's log contains the cause.",
        Map.of());
  }

  private static int status(Reason reason) {
    return switch (reason) {
      case NOT_AUTHENTICATED -> 401;
      case NOT_ALLOWED, FOREIGN_ORIGIN, GRANT_NOT_OFFERED -> 403;
      case UNKNOWN_PROFILE -> 404;
      case TICKET_OF_ANOTHER_CALLER -> 403;
      case PROFILE_CHANGED,
          ALREADY_UPLOADED,
          NOT_STORED_YET,
          PARTS_MISSING,
          CHECKSUM_MISMATCH,
          ALREADY_STORED,
          ALREADY_EXISTS,
          QUOTA_EXCEEDED,
          TOO_MANY_OPEN_UPLOADS ->
          409;
      case UPLOAD_GONE, TICKET_EXPIRED -> 410;
      case FILE_TOO_LARGE -> 413;
      case TYPE_NOT_ALLOWED -> 415;
      case BAD_PARAMETER, FILE_TOO_SMALL, TICKET_INVALID -> 400;
      case CREDENTIALS_DO_NOT_FIT_PAGE, STILL_COMPLETING, NOT_CONFIRMED, OSS_UNAVAILABLE -> 503;
    };
  }

  WebResponse toResponse() {
    JsonText json = new JsonText().openObject();
    json.member("type", "about:blank").member("title", title(status)).member("status", status);
    json.member("code", code).member("detail", detail).member("fix", fix);
    if (!parts.isEmpty()) {
      json.name("parts").openArray();
      parts.forEach(json::value);
      json.closeArray();
    }
    json.closeObject();
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/problem+json");
    return new WebResponse(status, all, json.toBytes());
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      default -> "Service Unavailable";
    };
  }
}
