package io.osspost.emulator.internal.multipart;

import io.osspost.emulator.internal.bucket.ListParameters;
import io.osspost.emulator.internal.bucket.Page;
import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.object.ObjectAccess;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.protocol.Xml;
import io.osspost.emulator.internal.store.KeyOrder;
import io.osspost.emulator.internal.store.MultipartUpload;
import io.osspost.emulator.internal.store.ObjectStore;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * ListMultipartUploads: the unfinished uploads of a bucket, by key and upload id. Thread-safe.
 *
 * <p>Source: OSS documentation "ListMultipartUploads".
 */
public final class ListUploads implements Operation {
  /** Sorts before every character of a key that could follow. */
  private static final char BETWEEN = '\0';

  private final ObjectStore store;
  private final ObjectAccess access;

  public ListUploads(ObjectStore store, ObjectAccess access) {
    this.store = store;
    this.access = access;
  }

  @Override
  public HttpAnswer perform(OssRequest request) {
    access.requireBucketOwner(request);
    NavigableMap<String, MultipartUpload> uploads = new TreeMap<>(KeyOrder.UTF_8);
    store.uploads(request.bucket()).forEach(upload -> uploads.put(place(upload), upload));
    String prefix = request.query("prefix").orElse("");
    String delimiter = request.query("delimiter").orElse("");
    String keyMarker = request.query("key-marker").orElse("");
    String idMarker = keyMarker.isEmpty() ? "" : request.query("upload-id-marker").orElse("");
    int most = ListParameters.count(request, "max-uploads", 1000);
    Page page = Page.of(uploads, prefix, delimiter, after(keyMarker, idMarker), most);
    UnaryOperator<String> encoding = ListParameters.encoding(request);
    Xml xml = Xml.root("ListMultipartUploadsResult");
    ListParameters.writeEncoding(xml, request);
    xml.member("Bucket", request.bucket());
    xml.member("KeyMarker", encoding.apply(keyMarker)).member("UploadIdMarker", idMarker);
    MultipartUpload last = page.truncated() ? uploads.get(page.last()) : null;
    xml.member(
        "NextKeyMarker",
        encoding.apply(page.truncated() ? (last == null ? page.last() : last.key()) : ""));
    xml.member("NextUploadIdMarker", last == null ? "" : last.id());
    xml.member("Delimiter", encoding.apply(delimiter)).member("Prefix", encoding.apply(prefix));
    xml.member("MaxUploads", Integer.toString(most));
    xml.member("IsTruncated", Boolean.toString(page.truncated()));
    page.keys().stream().map(uploads::get).forEach(upload -> write(upload, encoding, xml));
    for (String folder : page.folders()) {
      xml.open("CommonPrefixes").member("Prefix", encoding.apply(folder)).close("CommonPrefixes");
    }
    return HttpAnswer.xml(200, xml.end());
  }

  private static void write(MultipartUpload upload, UnaryOperator<String> encoding, Xml xml) {
    xml.open("Upload").member("Key", encoding.apply(upload.key()));
    xml.member("UploadId", upload.id());
    xml.member("Initiated", Xml.time(upload.initiated())).close("Upload");
  }

  private static String place(MultipartUpload upload) {
    return upload.key() + BETWEEN + upload.id();
  }

  /** The position after one upload of a key, or after all of them. */
  private static String after(String keyMarker, String idMarker) {
    if (keyMarker.isEmpty()) {
      return "";
    }
    return idMarker.isEmpty() ? keyMarker + (char) (BETWEEN + 1) : keyMarker + BETWEEN + idMarker;
  }
}
