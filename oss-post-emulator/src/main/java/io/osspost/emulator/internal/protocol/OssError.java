package io.osspost.emulator.internal.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One error of OSS: status, code, message, and the EC (the number of the exact cause) if it is
 * known. Immutable.
 *
 * <p>Source: OSS documentation "Error responses" and the page of each EC.
 */
public final class OssError {
  private final int status;
  private final String code;
  private final String message;
  private final @Nullable String ec;
  private final Map<String, String> members;
  private final Map<String, String> headers;

  private OssError(
      int status,
      String code,
      String message,
      @Nullable String ec,
      Map<String, String> members,
      Map<String, String> headers) {
    this.status = status;
    this.code = code;
    this.message = message;
    this.ec = ec;
    this.members = members;
    this.headers = headers;
  }

  public static OssError of(int status, String code, String message) {
    return new OssError(status, code, message, null, Map.of(), Map.of());
  }

  public static OssError noSuchBucket(String bucket) {
    return of(404, "NoSuchBucket", "The specified bucket does not exist.")
        .ec("0015-00000101")
        .member("BucketName", bucket);
  }

  public static OssError methodNotAllowed(String method, String resourceType) {
    return of(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
        .ec("0017-00000001")
        .member("Method", method)
        .member("ResourceType", resourceType);
  }

  /** Returns the error of an invalid argument; {@code value} may be empty. */
  public static OssError invalidArgument(String message, String name, String value) {
    return of(400, "InvalidArgument", message)
        .member("ArgumentName", name)
        .member("ArgumentValue", value);
  }

  /** Returns the error of a body that ended too soon, or is malformed. */
  static OssError incompleteBody() {
    return of(
            400,
            "IncompleteBody",
            "You did not provide the number of bytes specified by the Content-Length HTTP header.")
        .ec("0017-00000505");
  }

  /** Returns the error of a client that stopped sending in the middle of the body. */
  static OssError requestTimeout() {
    return of(
            400,
            "RequestTimeout",
            "Your socket connection to the server was not read from or written to within the"
                + " timeout period. Idle connections will be closed.")
        .ec("0017-00000704");
  }

  /** Returns the error of an operation that OSS supports and this emulator does not. */
  public static OssError notImplemented(String what) {
    return of(501, "NotImplemented", "The emulator does not " + what + " yet.");
  }

  /** Returns this error with OSS's number of the cause. */
  public OssError ec(String number) {
    return new OssError(status, code, message, number, members, headers);
  }

  /**
   * Returns this error with one more member between HostId and EC; {@code
   * AccessDeniedDetail/PolicyType} is a member of a member.
   */
  public OssError member(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(members);
    more.put(name, value);
    return new OssError(status, code, message, ec, Collections.unmodifiableMap(more), headers);
  }

  /** Returns this error with one more response header. */
  public OssError header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new OssError(status, code, message, ec, members, Collections.unmodifiableMap(more));
  }

  /**
   * Returns the exception that carries this error to the client.
   *
   * @param why for the emulator's log, without secrets or tokens
   */
  public OssRefusedException because(String why) {
    return new OssRefusedException(this, why);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String message() {
    return message;
  }

  public Optional<String> ec() {
    return Optional.ofNullable(ec);
  }

  Map<String, String> members() {
    return members;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** Returns status, code and EC, but neither message nor members, which may quote a token. */
  @Override
  public String toString() {
    return status + " " + code + (ec == null ? "" : " " + ec);
  }
}
