package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.callback.Callbacks;
import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.store.ObjectEntry;
import io.osspost.emulator.internal.store.ObjectExistsException;
import io.osspost.emulator.internal.store.ObjectHeaders;
import io.osspost.emulator.internal.store.ObjectStore;
import io.osspost.emulator.internal.store.Upload;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PutObject: stores the body as an object. Thread-safe.
 *
 * <p>Source: OSS documentation "PutObject".
 */
public final class PutObject implements Operation {
  private static final List<String> CONDITIONS =
      List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since");

  private final ObjectStore store;
  private final ObjectAccess access;
  private final Callbacks callbacks;

  public PutObject(ObjectStore store, ObjectAccess access, Callbacks callbacks) {
    this.store = store;
    this.access = access;
    this.callbacks = callbacks;
  }

  @Override
  public HttpAnswer perform(OssRequest request) throws IOException {
    access.requireWritable(request);
    ObjectName.check(request.key());
    refuseUnknownHeaders(request);
    PutBody body = PutBody.of(request);
    UploadHeaders sent = new UploadHeaders(request.headers());
    ObjectHeaders headers = sent.storedWithTags(request.header("Content-Type"));
    boolean forbidOverwrite = sent.forbidsOverwrite();
    if (forbidOverwrite && store.find(request.bucket(), request.key()).isPresent()) {
      throw ObjectErrors.exists(request.key());
    }
    Optional<Callbacks.Pending> callback = callbacks.ofRequest(request);
    ObjectEntry entry = store(request, body, headers, forbidOverwrite);
    HttpAnswer answer =
        callback.isPresent()
            ? callback.get().deliver(request, entry, "PutObject")
            : HttpAnswer.empty(200);
    return answer.with(checksums(entry));
  }

  private ObjectEntry store(
      OssRequest request, PutBody body, ObjectHeaders headers, boolean forbidOverwrite)
      throws IOException {
    try (Upload upload = store.begin(request.bucket())) {
      body.copyTo(upload);
      return upload.commit(request.key(), headers, forbidOverwrite);
    } catch (ObjectExistsException e) {
      throw ObjectErrors.storedMeanwhile(request.key());
    }
  }

  /** Returns the response headers of every complete upload. */
  public static Map<String, String> checksums(ObjectEntry entry) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", entry.etag());
    entry.contentMd5().ifPresent(md5 -> headers.put("Content-MD5", md5));
    headers.put("x-oss-hash-crc64ecma", entry.crc64Text());
    Map<String, String> stored = entry.headers().stored();
    for (String name :
        List.of("x-oss-server-side-encryption", "x-oss-server-side-encryption-key-id")) {
      if (stored.containsKey(name)) {
        headers.put(name, stored.get(name));
      }
    }
    return headers;
  }

  /** Rejects headers that this emulator does not handle as a client expects. */
  public static void refuseUnknownHeaders(OssRequest request) {
    for (String header : CONDITIONS) {
      if (request.header(header).isPresent()) {
        throw OssError.of(
                400,
                "NotImplemented",
                "A header you provided implies functionality that is not implemented.")
            .because("OSS does not support " + header + " with PUT; see x-oss-forbid-overwrite");
      }
    }
  }
}
