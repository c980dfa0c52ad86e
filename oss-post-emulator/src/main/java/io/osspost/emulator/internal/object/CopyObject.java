package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.protocol.Xml;
import io.osspost.emulator.internal.store.ObjectEntry;
import io.osspost.emulator.internal.store.ObjectExistsException;
import io.osspost.emulator.internal.store.ObjectHeaders;
import io.osspost.emulator.internal.store.ObjectStore;
import io.osspost.emulator.internal.store.Upload;
import java.io.IOException;
import java.io.InputStream;

/**
 * CopyObject: stores the content of one object as another, or as the same one with other headers.
 * Thread-safe.
 *
 * <p>Source: OSS documentation "CopyObject".
 */
public final class CopyObject implements Operation {
  /** Two pages disagree; this is the larger limit. */
  private static final long LARGEST = 5L << 30;

  private final ObjectStore store;
  private final ObjectAccess access;

  public CopyObject(ObjectStore store, ObjectAccess access) {
    this.store = store;
    this.access = access;
  }

  @Override
  public HttpAnswer perform(OssRequest request) throws IOException {
    access.requireWritable(request);
    ObjectName.check(request.key());
    CopySource from = CopySource.of(request);
    ObjectEntry source = access.requireReadable(request, from.bucket(), from.key()).entry();
    if (Preconditions.isNotModified(request, "x-oss-copy-source-", source)) {
      return HttpAnswer.empty(304).with(GetObject.identity(source));
    }
    checkSize(source);
    UploadHeaders sent = new UploadHeaders(request.headers());
    ObjectHeaders headers =
        replaces(request)
            ? sent.stored(request.header("Content-Type"))
            : sent.copied(source.headers());
    boolean forbidOverwrite = sent.forbidsOverwrite();
    if (forbidOverwrite && store.find(request.bucket(), request.key()).isPresent()) {
      throw ObjectErrors.exists(request.key());
    }
    ObjectEntry copy = copy(source, request, headers, forbidOverwrite);
    return HttpAnswer.xml(
            200,
            Xml.root("CopyObjectResult")
                .member("ETag", copy.etag())
                .member("LastModified", Xml.time(copy.lastModified()))
                .end())
        .with("ETag", copy.etag())
        .with("x-oss-hash-crc64ecma", copy.crc64Text());
  }

  private ObjectEntry copy(
      ObjectEntry source, OssRequest request, ObjectHeaders headers, boolean forbidOverwrite)
      throws IOException {
    try (Upload upload = store.begin(request.bucket());
        InputStream content = source.open()) {
      content.transferTo(upload);
      return upload.commit(request.key(), headers, forbidOverwrite);
    } catch (ObjectExistsException e) {
      throw ObjectErrors.storedMeanwhile(request.key());
    }
  }

  private static boolean replaces(OssRequest request) {
    String directive = request.header("x-oss-metadata-directive").orElse("COPY");
    if (!directive.equalsIgnoreCase("COPY") && !directive.equalsIgnoreCase("REPLACE")) {
      throw OssError.invalidArgument(
              "The specified x-oss-metadata-directive is neither COPY nor REPLACE.",
              "x-oss-metadata-directive",
              directive)
          .because("x-oss-metadata-directive is '" + directive + "'");
    }
    return directive.equalsIgnoreCase("REPLACE");
  }

  private static void checkSize(ObjectEntry source) {
    if (source.size() > LARGEST) {
      throw OssError.of(
              400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.")
          .because("the source has " + source.size() + " bytes; copy it in parts");
    }
  }
}
