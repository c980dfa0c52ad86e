package io.osspost.emulator.internal.multipart;

import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.object.ByteRange;
import io.osspost.emulator.internal.object.CopySource;
import io.osspost.emulator.internal.object.GetObject;
import io.osspost.emulator.internal.object.ObjectAccess;
import io.osspost.emulator.internal.object.Preconditions;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.protocol.Xml;
import io.osspost.emulator.internal.store.MultipartUpload;
import io.osspost.emulator.internal.store.ObjectEntry;
import io.osspost.emulator.internal.store.ObjectStore;
import io.osspost.emulator.internal.store.Upload;
import io.osspost.emulator.internal.store.UploadedPart;
import java.io.IOException;
import java.util.Optional;

/**
 * UploadPartCopy: stores an object, or a range of it, as a part. Thread-safe.
 *
 * <p>Source: OSS documentation "UploadPartCopy".
 */
public final class UploadPartCopy implements Operation {
  private static final String RANGE = "x-oss-copy-source-range";

  private final ObjectStore store;
  private final ObjectAccess access;

  public UploadPartCopy(ObjectStore store, ObjectAccess access) {
    this.store = store;
    this.access = access;
  }

  @Override
  public HttpAnswer perform(OssRequest request) throws IOException {
    access.requireWritable(request);
    int number = MultipartParameters.partNumber(request);
    MultipartUpload multipart =
        MultipartParameters.upload(store, request, UploadPart.NO_SUCH_UPLOAD);
    CopySource from = CopySource.of(request);
    ObjectEntry source = access.requireReadable(request, from.bucket(), from.key()).entry();
    if (Preconditions.isNotModified(request, "x-oss-copy-source-", source)) {
      return HttpAnswer.empty(304);
    }
    Optional<ByteRange> requested = request.header(RANGE).map(text -> range(text, source));
    ByteRange range = requested.orElse(new ByteRange(0, source.size() - 1));
    try (Upload upload = store.begin(request.bucket())) {
      GetObject.copy(source, range, upload);
      UploadedPart part = upload.commit(multipart, number);
      if (part == null) {
        throw MultipartParameters.noSuchUpload(multipart.id(), UploadPart.NO_SUCH_UPLOAD)
            .because("the upload ended while its part " + number + " was copied");
      }
      return answer(part, requested.map(copied -> copied.contentRange(source.size())));
    }
  }

  private static HttpAnswer answer(UploadedPart part, Optional<String> contentRange) {
    Xml xml = Xml.root("CopyPartResult");
    xml.member("LastModified", Xml.time(part.lastModified())).member("ETag", part.etag());
    HttpAnswer answer = HttpAnswer.xml(200, xml.end()).with("ETag", part.etag());
    return contentRange.map(text -> answer.with("Content-Range", text)).orElse(answer);
  }

  private static ByteRange range(String header, ObjectEntry source) {
    return ByteRange.parse(header, source.size())
        .orElseThrow(
            () ->
                OssError.of(416, "InvalidRange", "The requested range cannot be satisfied.")
                    .because(
                        RANGE
                            + " '"
                            + header
                            + "' is not inside the "
                            + source.size()
                            + " bytes of the source"));
  }
}
