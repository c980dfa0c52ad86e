package io.osspost.emulator.internal.protocol;

import io.osspost.emulator.internal.http.HttpAnswer;
import java.io.IOException;

/** What OSS does for one kind of request. Called from many threads at once. */
@FunctionalInterface
public interface Operation {
  /**
   * Performs {@code request}; returning is success.
   *
   * @throws OssRefusedException if OSS would refuse it
   * @throws IOException if the client breaks off, or the disk fails
   */
  HttpAnswer perform(OssRequest request) throws IOException;
}
