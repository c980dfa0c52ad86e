package io.osspost.emulator.internal.multipart;

import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.object.ObjectAccess;
import io.osspost.emulator.internal.object.PutBody;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.store.MultipartUpload;
import io.osspost.emulator.internal.store.ObjectStore;
import io.osspost.emulator.internal.store.Upload;
import io.osspost.emulator.internal.store.UploadedPart;
import java.io.IOException;

/**
 * UploadPart: stores the body as a part, and replaces an earlier part with that number.
 * Thread-safe.
 *
 * <p>Source: OSS documentation "UploadPart".
 */
public final class UploadPart implements Operation {
  static final String NO_SUCH_UPLOAD = "0042-00000104";

  private final ObjectStore store;
  private final ObjectAccess access;

  public UploadPart(ObjectStore store, ObjectAccess access) {
    this.store = store;
    this.access = access;
  }

  @Override
  public HttpAnswer perform(OssRequest request) throws IOException {
    access.requireWritable(request);
    int number = MultipartParameters.partNumber(request);
    MultipartUpload multipart = MultipartParameters.upload(store, request, NO_SUCH_UPLOAD);
    PutBody body = PutBody.of(request);
    try (Upload upload = store.begin(request.bucket())) {
      body.copyTo(upload);
      UploadedPart part = upload.commit(multipart, number);
      if (part == null) {
        throw MultipartParameters.noSuchUpload(multipart.id(), NO_SUCH_UPLOAD)
            .because("the upload ended while its part " + number + " arrived");
      }
      return HttpAnswer.empty(200)
          .with("ETag", part.etag())
          .with("Content-MD5", upload.contentMd5())
          .with("x-oss-hash-crc64ecma", part.crc64Text());
    }
  }

  /** Rejects a part without a number, after the checks of access. */
  public HttpAnswer withoutNumber(OssRequest request) {
    access.requireWritable(request);
    throw OssError.of(400, "InvalidArgument", "Unexpected query string parameter")
        .ec("0017-00000219")
        .because("a PUT with uploadId needs partNumber too");
  }
}
