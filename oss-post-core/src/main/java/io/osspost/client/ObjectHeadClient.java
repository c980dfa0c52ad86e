package io.osspost.client;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.object.BucketRef;
import io.osspost.object.ObjectKey;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.ServerAccess;
import java.time.Duration;

/**
 * Requests the headers of objects from OSS, to confirm reported uploads. Thread-safe.
 *
 * <p>Source: OSS documentation, "HeadObject"; errors carry no body.
 */
public final class ObjectHeadClient implements AutoCloseable {
  /**
   * OSS waits 5 s for the response to its callback, and the listener needs the rest of that time.
   */
  private static final Duration DEADLINE = Duration.ofSeconds(4);

  private static final Duration ATTEMPT = Duration.ofMillis(1_800);
  private static final long[] BACKOFF_MILLIS = {100, 400};
  private static final String NO_SUCH_BUCKET = "0015-00000101";

  private final OssCalls calls;
  private final Duration deadline;

  /**
   * Creates a client.
   *
   * @param access signs each request
   */
  public ObjectHeadClient(ServerAccess access) {
    this(access, DEADLINE);
  }

  ObjectHeadClient(ServerAccess access, Duration deadline) {
    this.calls = new OssCalls(access);
    this.deadline = deadline;
  }

  /**
   * {@return the headers of an object, or the reason why there are none} Up to three attempts.
   *
   * @param bucket the bucket of the grant
   * @param key the object's full name
   */
  public Head head(BucketRef bucket, ObjectKey key) {
    try {
      return calls.within(
          deadline,
          call -> {
            Head head = attempt(call, bucket, key);
            for (int i = 0; i < BACKOFF_MILLIS.length && head instanceof Head.Unavailable; i++) {
              Thread.sleep(BACKOFF_MILLIS[i]);
              head = attempt(call, bucket, key);
            }
            return head;
          });
    } catch (OssUnreachableException e) {
      return new Head.Unavailable(e.reason());
    }
  }

  /** Cancels all requests and ends their threads. */
  @Override
  public void close() {
    calls.close();
  }

  private static Head attempt(OssCalls.Call call, BucketRef bucket, ObjectKey key) {
    try {
      return read(call.send(bucket, ObjectRequest.head(key), new byte[0], ATTEMPT));
    } catch (UnknownBucketException e) {
      return new Head.UnknownBucket();
    } catch (OssUnreachableException e) {
      return new Head.Unavailable(e.reason());
    } catch (CredentialsUnavailableException e) {
      return new Head.Unavailable("there are no credentials to sign with");
    }
  }

  private static Head read(OssAnswer answer) {
    return switch (answer.status()) {
      case 200 -> found(answer);
      case 403 -> new Head.Forbidden();
      case 404 ->
          answer.header("x-oss-ec").filter(NO_SUCH_BUCKET::equals).isPresent()
              ? new Head.Unavailable("there is no such bucket")
              : new Head.Absent();
      default -> new Head.Unavailable("OSS responded with status " + answer.status());
    };
  }

  private static Head found(OssAnswer answer) {
    long size = answer.header("content-length").map(ObjectHeadClient::digits).orElse(-1L);
    String etag = answer.header("etag").orElse("");
    String lastModified = answer.header("last-modified").orElse("");
    if (size < 0 || etag.isEmpty() || lastModified.isEmpty()) {
      return new Head.Unavailable("the response lacks Content-Length, ETag or Last-Modified");
    }
    return new Head.Found(
        size,
        answer.header("content-type"),
        etag.replace("\"", ""),
        answer.header("x-oss-hash-crc64ecma"),
        lastModified,
        answer.header("x-oss-version-id"),
        answer.header("x-oss-meta-grant"));
  }

  private static long digits(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }
}
