package io.osspost.emulator.internal.protocol;

import io.osspost.emulator.internal.http.HttpAnswer;
import java.io.IOException;

/** OSS's handling of one kind of request. Called from many threads at once. */
@FunctionalInterface
public interface Operation {
  /**
   * Performs {@code request}; returns on success.
   *
   * @throws OssRefusedException if OSS would reject it
   * @throws IOException if the connection breaks, or the disk fails
   */
  HttpAnswer perform(OssRequest request) throws IOException;
}
