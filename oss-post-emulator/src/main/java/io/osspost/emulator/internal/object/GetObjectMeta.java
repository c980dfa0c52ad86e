package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.store.ObjectEntry;

/**
 * GetObjectMeta: only size, ETag and date of an object. Thread-safe.
 *
 * <p>Source: OSS documentation "GetObjectMeta".
 */
public final class GetObjectMeta implements Operation {
  private final ObjectAccess access;

  public GetObjectMeta(ObjectAccess access) {
    this.access = access;
  }

  @Override
  public HttpAnswer perform(OssRequest request) {
    ObjectEntry entry = access.requireReadable(request).entry();
    // The response to HEAD has the length, but no body.
    return HttpAnswer.streaming(200, entry.size(), out -> {})
        .with(GetObject.identity(entry))
        .with("x-oss-hash-crc64ecma", entry.crc64Text());
  }
}
