package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.store.ObjectStore;
import java.io.IOException;

/**
 * DeleteObject: succeeds even if the object is missing. Thread-safe.
 *
 * <p>Source: OSS documentation "DeleteObject".
 */
public final class DeleteObject implements Operation {
  private final ObjectStore store;
  private final ObjectAccess access;

  public DeleteObject(ObjectStore store, ObjectAccess access) {
    this.store = store;
    this.access = access;
  }

  @Override
  public HttpAnswer perform(OssRequest request) throws IOException {
    access.requireWritable(request);
    store.delete(request.bucket(), request.key());
    return HttpAnswer.empty(204);
  }
}
