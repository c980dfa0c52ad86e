package io.osspost.emulator.internal.multipart;

import io.osspost.emulator.internal.bucket.ListParameters;
import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.object.ObjectAccess;
import io.osspost.emulator.internal.object.ObjectErrors;
import io.osspost.emulator.internal.object.ObjectName;
import io.osspost.emulator.internal.object.PutObject;
import io.osspost.emulator.internal.object.UploadHeaders;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.protocol.Xml;
import io.osspost.emulator.internal.store.MultipartUpload;
import io.osspost.emulator.internal.store.ObjectHeaders;
import io.osspost.emulator.internal.store.ObjectStore;
import io.osspost.emulator.internal.store.UploadedPart;
import io.osspost.emulator.rules.EmulatorRule;
import io.osspost.emulator.rules.EmulatorRules;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The beginning, the end and the listing of multipart uploads: InitiateMultipartUpload,
 * AbortMultipartUpload and ListParts. Each method is one operation. Thread-safe.
 *
 * <p>Source: OSS documentation "InitiateMultipartUpload", "AbortMultipartUpload" and "ListParts".
 */
public final class MultipartUploads {
  static final String NO_SUCH_UPLOAD = "0042-00000002";
  private static final String ACL = "x-oss-object-acl";

  private final ObjectStore store;
  private final ObjectAccess access;
  private final EmulatorRules rules;

  public MultipartUploads(ObjectStore store, ObjectAccess access, EmulatorRules rules) {
    this.store = store;
    this.access = access;
    this.rules = rules;
  }

  public HttpAnswer initiate(OssRequest request) throws IOException {
    access.requireWritable(request);
    ObjectName.check(request.key());
    PutObject.refuseUnknownHeaders(request);
    UploadHeaders sent = new UploadHeaders(relevantHeaders(request));
    ObjectHeaders headers = sent.storedWithTags(request.header("Content-Type"));
    if (sent.forbidsOverwrite() && store.find(request.bucket(), request.key()).isPresent()) {
      throw ObjectErrors.exists(request.key());
    }
    UnaryOperator<String> encoding = ListParameters.encoding(request);
    MultipartUpload upload = store.initiate(request.bucket(), request.key(), headers);
    Xml xml = Xml.root("InitiateMultipartUploadResult");
    ListParameters.writeEncoding(xml, request);
    xml.member("Bucket", request.bucket());
    xml.member("Key", encoding.apply(upload.key())).member("UploadId", upload.id());
    return HttpAnswer.xml(200, xml.end());
  }

  private Map<String, String> relevantHeaders(OssRequest request) {
    Map<String, String> headers = request.headers();
    if (rules.has(EmulatorRule.ACL_AT_INITIATE_IGNORED) && headers.remove(ACL) != null) {
      request.note("the upload ignores " + ACL + " (rule acl-at-initiate=ignored)");
    }
    return headers;
  }

  public HttpAnswer abort(OssRequest request) throws IOException {
    access.requireWritable(request);
    MultipartUpload upload = MultipartParameters.upload(store, request, NO_SUCH_UPLOAD);
    if (!store.abort(request.bucket(), upload)) {
      throw MultipartParameters.noSuchUpload(upload.id(), NO_SUCH_UPLOAD)
          .because("another request completed or aborted the upload");
    }
    return HttpAnswer.empty(204);
  }

  public HttpAnswer listParts(OssRequest request) {
    access.requireWritable(request);
    MultipartUpload upload = MultipartParameters.upload(store, request, NO_SUCH_UPLOAD);
    int most = ListParameters.count(request, "max-parts", 1000);
    int marker = ListParameters.marker(request, "part-number-marker", 10_000);
    List<UploadedPart> found =
        upload.parts().stream().filter(part -> part.number() > marker).toList();
    List<UploadedPart> page = found.subList(0, Math.min(most, found.size()));
    int last = page.isEmpty() ? 0 : page.get(page.size() - 1).number();
    UnaryOperator<String> encoding = ListParameters.encoding(request);
    Xml xml = Xml.root("ListPartsResult");
    ListParameters.writeEncoding(xml, request);
    xml.member("Bucket", request.bucket()).member("Key", encoding.apply(upload.key()));
    xml.member("UploadId", upload.id());
    xml.member(
        "StorageClass", upload.headers().stored().getOrDefault("x-oss-storage-class", "Standard"));
    xml.member("PartNumberMarker", Integer.toString(marker));
    xml.member("NextPartNumberMarker", Integer.toString(last));
    xml.member("MaxParts", Integer.toString(most));
    xml.member("IsTruncated", Boolean.toString(most > 0 && page.size() < found.size()));
    for (UploadedPart part : page) {
      xml.open("Part").member("PartNumber", Integer.toString(part.number()));
      xml.member("LastModified", Xml.time(part.lastModified())).member("ETag", part.etag());
      xml.member("HashCrc64ecma", part.crc64Text());
      xml.member("Size", Long.toString(part.size())).close("Part");
    }
    return HttpAnswer.xml(200, xml.end());
  }
}
