package io.osspost.emulator;

import io.osspost.emulator.callback.CallbackKey;
import io.osspost.emulator.http.Operation;
import io.osspost.emulator.http.OssAnswer;
import io.osspost.emulator.http.OssError;
import io.osspost.emulator.http.OssRequest;
import java.io.IOException;

/** Refuses, as public OSS does, requests whose path names the bucket. */
final class HostStyleOnly implements Operation {
  private final Operation oss;

  HostStyleOnly(Operation oss) {
    this.oss = oss;
  }

  @Override
  public OssAnswer perform(OssRequest request) throws IOException {
    boolean namesBucket = !request.bucket().isEmpty() && !request.bucket().equals(CallbackKey.FILE);
    if (request.isPathStyle() && namesBucket) {
      throw OssError.of(
              403,
              "SecondLevelDomainForbidden",
              "The bucket you are attempting to access must be addressed using OSS third level"
                  + " domain.")
          .because(
              "the path names the bucket '"
                  + request.bucket()
                  + "'; send this to http://"
                  + request.bucket()
                  + ".<host>/");
    }
    return oss.perform(request);
  }
}
