package io.osspost.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.object.BucketRef;
import io.osspost.object.ObjectKey;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.ServerAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Starts, lists, completes and aborts uploads in parts. The parts themselves are sent by browsers.
 * Thread-safe.
 *
 * <p>Lists and aborts are repeated after a failure. A start is not, because each one makes another
 * upload, and neither is a completion: its caller has to find out whether it had its effect.
 *
 * <p>Sources: OSS documentation, "InitiateMultipartUpload", "ListParts", "CompleteMultipartUpload",
 * "AbortMultipartUpload".
 */
public final class MultipartClient implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration ATTEMPT = Duration.ofMillis(4_500);
  private static final Duration COMPLETE_DEADLINE = Duration.ofSeconds(60);
  private static final long[] BACKOFF_MILLIS = {100, 400};
  private static final byte[] NONE = new byte[0];
  private static final String NO_SUCH_UPLOAD = "NoSuchUpload";

  private final OssCalls calls;

  /**
   * Creates a client.
   *
   * @param access signs each request
   */
  public MultipartClient(ServerAccess access) {
    this.calls = new OssCalls(access);
  }

  /**
   * Starts an upload.
   *
   * @param headers the object's type and its other headers
   * @return the upload id
   * @throws OssRefusedException if OSS refused it
   * @throws OssUnreachableException if there was no response; the upload may exist
   */
  public String initiate(BucketRef bucket, ObjectKey key, Map<String, String> headers) {
    Map<String, String> unsigned = new LinkedHashMap<>(headers);
    unsigned.keySet().removeIf(MultipartClient::isSigned);
    Map<String, String> signed = new LinkedHashMap<>(headers);
    signed.keySet().removeIf(unsigned::containsKey);
    ObjectRequest request = with(ObjectRequest.initiateMultipart(key), signed);
    OssAnswer answer =
        calls.within(DEADLINE, call -> call.send(bucket, request, unsigned, NONE, DEADLINE));
    String uploadId = XmlElement.read(required(answer).body()).text("UploadId");
    if (uploadId.isEmpty()) {
      throw new OssUnreachableException("the response has no upload id");
    }
    return uploadId;
  }

  /**
   * Lists all stored parts.
   *
   * @return the parts in the order of their numbers
   * @throws OssRefusedException if OSS refused it, with code {@code NoSuchUpload} if the upload was
   *     completed or aborted
   * @throws OssUnreachableException if there was no response
   */
  public List<StoredPart> parts(BucketRef bucket, ObjectKey key, String uploadId) {
    return calls.within(
        DEADLINE,
        call -> {
          List<StoredPart> parts = new ArrayList<>();
          int after = 0;
          XmlElement page;
          do {
            ObjectRequest request = ObjectRequest.listParts(key, uploadId, after);
            page = XmlElement.read(required(repeated(call, bucket, request)).body());
            for (XmlElement part : page.all("Part")) {
              parts.add(part(part));
            }
            int last = parts.isEmpty() ? 0 : parts.get(parts.size() - 1).number();
            if (page.text("IsTruncated").equals("true") && last <= after) {
              throw new OssUnreachableException("the list of parts does not go on");
            }
            after = last;
          } while (page.text("IsTruncated").equals("true"));
          return parts;
        });
  }

  /**
   * Joins the parts into the object.
   *
   * @param headers the headers of the completed object, such as its ACL
   * @param parts all parts, in the order of their numbers
   * @return the object's ETag, without quotes
   * @throws OssRefusedException if OSS refused it
   * @throws OssUnreachableException if there was no response; OSS may still complete the upload
   */
  public String complete(
      BucketRef bucket,
      ObjectKey key,
      String uploadId,
      Map<String, String> headers,
      List<StoredPart> parts) {
    StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
    for (StoredPart part : parts) {
      xml.append("<Part><PartNumber>").append(part.number()).append("</PartNumber><ETag>");
      xml.append(part.etag().replace("\"", "&quot;")).append("</ETag></Part>");
    }
    byte[] body = xml.append("</CompleteMultipartUpload>").toString().getBytes(UTF_8);
    ObjectRequest request =
        with(ObjectRequest.completeMultipart(key, uploadId), headers)
            .contentType("application/xml");
    OssAnswer answer =
        calls.within(
            COMPLETE_DEADLINE, call -> call.send(bucket, request, body, COMPLETE_DEADLINE));
    String etag = XmlElement.read(required(answer).body()).text("ETag").replace("\"", "");
    if (etag.isEmpty()) {
      throw new OssUnreachableException("the response has no ETag");
    }
    return etag;
  }

  /**
   * Discards the stored parts.
   *
   * @return whether the upload is gone; otherwise parts may still arrive, and it must be aborted
   *     again
   * @throws OssRefusedException if OSS refused it
   * @throws OssUnreachableException if there was no response
   */
  public boolean abort(BucketRef bucket, ObjectKey key, String uploadId) {
    OssAnswer answer =
        calls.within(
            DEADLINE,
            call -> {
              ObjectRequest request = ObjectRequest.abortMultipart(key, uploadId);
              OssAnswer first = repeated(call, bucket, request);
              return first.isSuccess() ? repeated(call, bucket, request) : first;
            });
    if (answer.isSuccess()) {
      return false;
    }
    OssRefusedException refused = OssRefusedException.of(answer);
    if (!refused.code().equals(NO_SUCH_UPLOAD)) {
      throw refused;
    }
    return true;
  }

  /** Cancels all requests and ends their threads. */
  @Override
  public void close() {
    calls.close();
  }

  /** Sends a request that may be repeated, up to three times. */
  private static OssAnswer repeated(OssCalls.Call call, BucketRef bucket, ObjectRequest request)
      throws InterruptedException {
    for (long backoff : BACKOFF_MILLIS) {
      try {
        OssAnswer answer = call.send(bucket, request, NONE, ATTEMPT);
        if (answer.status() < 500) {
          return answer;
        }
      } catch (OssUnreachableException e) {
        // The next attempt tells whether OSS is reachable.
      }
      Thread.sleep(backoff);
    }
    return call.send(bucket, request, NONE, ATTEMPT);
  }

  private static OssAnswer required(OssAnswer answer) {
    if (answer.isSuccess()) {
      return answer;
    }
    if (answer.status() >= 500) {
      throw new OssUnreachableException("OSS responded with status " + answer.status());
    }
    throw OssRefusedException.of(answer);
  }

  /** Returns whether every signature covers the header. The client never sends the others. */
  private static boolean isSigned(String header) {
    return header.equalsIgnoreCase("Content-Type")
        || header.toLowerCase(Locale.ROOT).startsWith("x-oss-");
  }

  private static ObjectRequest with(ObjectRequest request, Map<String, String> headers) {
    ObjectRequest signed = request;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      signed = signed.header(header.getKey(), header.getValue());
    }
    return signed;
  }

  private static StoredPart part(XmlElement part) {
    String crc64 = part.text("HashCrc64ecma");
    return new StoredPart(
        (int) number(part.text("PartNumber")),
        number(part.text("Size")),
        part.text("ETag"),
        Optional.of(crc64).filter(text -> !text.isEmpty()));
  }

  private static long number(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new OssUnreachableException("the list of parts has a part without a number or size");
    }
    return Long.parseLong(text);
  }
}
