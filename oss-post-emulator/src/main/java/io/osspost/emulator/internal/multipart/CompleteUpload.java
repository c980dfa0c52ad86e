package io.osspost.emulator.internal.multipart;

import io.osspost.emulator.internal.bucket.ListParameters;
import io.osspost.emulator.internal.callback.Callbacks;
import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.object.ObjectAccess;
import io.osspost.emulator.internal.object.ObjectErrors;
import io.osspost.emulator.internal.object.PutObject;
import io.osspost.emulator.internal.object.UploadHeaders;
import io.osspost.emulator.internal.object.XmlBody;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.protocol.Xml;
import io.osspost.emulator.internal.protocol.XmlElement;
import io.osspost.emulator.internal.store.MultipartUpload;
import io.osspost.emulator.internal.store.ObjectEntry;
import io.osspost.emulator.internal.store.ObjectExistsException;
import io.osspost.emulator.internal.store.ObjectHeaders;
import io.osspost.emulator.internal.store.ObjectStore;
import io.osspost.emulator.internal.store.UploadedPart;
import io.osspost.emulator.rules.EmulatorRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CompleteMultipartUpload: joins the listed parts into the object. Thread-safe.
 *
 * <p>Source: OSS documentation "CompleteMultipartUpload".
 */
public final class CompleteUpload implements Operation {
  private static final int MOST_BYTES = 2 << 20;
  private static final long SMALLEST_PART = 100 << 10;
  private static final Optional<String> MALFORMED = Optional.of("0042-00000205");

  private final ObjectStore store;
  private final ObjectAccess access;
  private final Callbacks callbacks;
  private final RepeatedComplete repeated;

  public CompleteUpload(
      ObjectStore store, ObjectAccess access, Callbacks callbacks, EmulatorRules rules) {
    this.store = store;
    this.access = access;
    this.callbacks = callbacks;
    this.repeated = new RepeatedComplete(store, rules);
  }

  @Override
  public HttpAnswer perform(OssRequest request) throws IOException {
    access.requireWritable(request);
    byte[] body = XmlBody.bytes(request, MOST_BYTES, MALFORMED);
    Optional<MultipartUpload> upload = MultipartParameters.find(store, request);
    Optional<ObjectEntry> earlier =
        upload.isPresent() ? Optional.empty() : repeated.result(request);
    Optional<Callbacks.Pending> callback = callbacks.ofRequest(request);
    ObjectEntry entry = earlier.isPresent() ? earlier.get() : complete(request, body, upload);
    HttpAnswer answer =
        callback.isPresent()
            ? callback.get().deliver(request, entry, "CompleteMultipartUpload")
            : success(request, entry);
    return answer.with(PutObject.checksums(entry));
  }

  private ObjectEntry complete(OssRequest request, byte[] body, Optional<MultipartUpload> found)
      throws IOException {
    MultipartUpload upload =
        found.orElseGet(
            () -> MultipartParameters.upload(store, request, MultipartUploads.NO_SUCH_UPLOAD));
    List<UploadedPart> parts = parts(request, body, upload);
    checkSizes(parts);
    UploadHeaders sent = new UploadHeaders(request.headers());
    ObjectHeaders headers =
        request.header("x-oss-object-acl").isPresent()
            ? upload.headers().with(sent.acl())
            : upload.headers();
    try {
      return store
          .complete(request.bucket(), upload, parts, headers, sent.forbidsOverwrite())
          .or(() -> repeated.result(request))
          .orElseThrow(
              () ->
                  MultipartParameters.noSuchUpload(upload.id(), MultipartUploads.NO_SUCH_UPLOAD)
                      .because(
                          "another request completed or aborted the upload, or replaced one"
                              + " of its parts"));
    } catch (ObjectExistsException e) {
      throw ObjectErrors.fileExists()
          .ec("0042-00000214")
          .because("'" + upload.key() + "' exists, and completing forbids overwriting");
    }
  }

  private static HttpAnswer success(OssRequest request, ObjectEntry entry) {
    Xml xml = Xml.root("CompleteMultipartUploadResult");
    ListParameters.writeEncoding(xml, request);
    xml.member("Location", request.urlOf(entry.key()));
    xml.member("Bucket", request.bucket());
    xml.member("Key", ListParameters.encoding(request).apply(entry.key()));
    return HttpAnswer.xml(200, xml.member("ETag", entry.etag()).end());
  }

  private static List<UploadedPart> parts(OssRequest request, byte[] body, MultipartUpload upload) {
    Optional<String> all = request.header("x-oss-complete-all").filter(value -> !value.isEmpty());
    if (all.isEmpty()) {
      return named(XmlBody.parse(body, "CompleteMultipartUpload", MALFORMED), upload);
    }
    if (!all.get().equals("yes") || body.length > 0) {
      throw OssError.invalidArgument(
              "x-oss-complete-all must be yes, and the body empty.",
              "x-oss-complete-all",
              all.get())
          .ec("0042-00000216")
          .because("x-oss-complete-all has another value, or the request has a body");
    }
    if (upload.parts().isEmpty()) {
      throw MultipartParameters.invalidPart().because("the upload has no parts");
    }
    return upload.parts();
  }

  private static List<UploadedPart> named(XmlElement document, MultipartUpload upload) {
    List<UploadedPart> parts = new ArrayList<>();
    int previous = 0;
    for (XmlElement element : document.all("Part")) {
      int number = number(element);
      if (number <= previous) {
        throw OssError.of(400, "InvalidPartOrder", "The list of parts was not in ascending order.")
            .ec("0042-00000209")
            .because("part " + number + " comes after part " + previous);
      }
      previous = number;
      parts.add(part(element, number, upload));
    }
    if (parts.isEmpty()) {
      throw XmlBody.malformed(MALFORMED).because("the document names no part");
    }
    return parts;
  }

  private static int number(XmlElement part) {
    String text = String.join(",", part.texts("PartNumber"));
    if (!text.matches("[0-9]{1,5}")) {
      throw XmlBody.malformed(MALFORMED).because("a PartNumber is '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  private static UploadedPart part(XmlElement element, int number, MultipartUpload upload) {
    String tag = String.join(",", element.texts("ETag")).replace("\"", "");
    return upload
        .part(number)
        .filter(part -> part.tag().equalsIgnoreCase(tag))
        .orElseThrow(
            () ->
                MultipartParameters.invalidPart()
                    .member("PartNumber", Integer.toString(number))
                    .because(
                        "part "
                            + number
                            + " was not uploaded, or has another ETag than '"
                            + tag
                            + "'"));
  }

  private static void checkSizes(List<UploadedPart> parts) {
    for (UploadedPart part : parts.subList(0, parts.size() - 1)) {
      if (part.size() < SMALLEST_PART) {
        throw OssError.of(
                400,
                "EntityTooSmall",
                "Your proposed upload smaller than the minimum allowed size.")
            .ec("0042-00000213")
            .because(
                "part "
                    + part.number()
                    + " has "
                    + part.size()
                    + " bytes; all but the last need "
                    + SMALLEST_PART);
      }
    }
  }
}
