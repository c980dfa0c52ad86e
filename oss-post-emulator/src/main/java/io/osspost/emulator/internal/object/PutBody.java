package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.store.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The body of a PUT request: checks its framing, its size and its checksums. */
public final class PutBody {
  /** The documented 5 GB, read as 5 GiB. */
  private static final long LARGEST = 5L << 30;

  private final OssRequest request;
  private final Optional<String> md5;

  private PutBody(OssRequest request, Optional<String> md5) {
    this.request = request;
    this.md5 = md5;
  }

  /** Checks everything that does not need the body. */
  public static PutBody of(OssRequest request) {
    if (!request.announcesBody()) {
      throw ObjectErrors.missingLength();
    }
    checkSize(request.contentLength().orElse(0));
    return new PutBody(request, ContentMd5.announced(request));
  }

  /** Writes the body to {@code upload}, and checks it against its checksums. */
  public void copyTo(Upload upload) throws IOException {
    InputStream body = request.body();
    byte[] buffer = new byte[64 * 1024];
    for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
      checkSize(upload.size() + n);
      upload.write(buffer, 0, n);
    }
    if (md5.isPresent()) {
      ContentMd5.check(md5.get(), upload.contentMd5());
    }
    checkCrc64(upload);
  }

  private void checkCrc64(Upload upload) {
    Optional<String> crc64 = request.header("x-oss-hash-crc64ecma");
    if (crc64.isPresent() && !crc64.get().trim().equals(upload.crc64Text())) {
      throw OssError.of(
              400,
              "InvalidCRC64",
              "The x-oss-hash-crc64ecma you specified does not match what we calculated.")
          .because(
              "x-oss-hash-crc64ecma is '"
                  + crc64.get()
                  + "', but the body's is "
                  + upload.crc64Text());
    }
  }

  private static void checkSize(long size) {
    if (size > LARGEST) {
      throw OssError.of(
              400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.")
          .because("the body exceeds " + LARGEST + " bytes");
    }
  }
}
