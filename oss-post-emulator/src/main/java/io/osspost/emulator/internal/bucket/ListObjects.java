package io.osspost.emulator.internal.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.object.ObjectAccess;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.protocol.Xml;
import io.osspost.emulator.internal.store.ObjectEntry;
import io.osspost.emulator.internal.store.ObjectStore;
import java.util.Base64;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * ListObjects and ListObjectsV2. Each method is one operation. Thread-safe.
 *
 * <p>Source: OSS documentation "ListObjects (GetBucket)" and "ListObjectsV2 (GetBucketV2)".
 */
public final class ListObjects {
  private static final int STANDARD_COUNT = 100;

  private final ObjectStore store;
  private final ObjectAccess access;

  public ListObjects(ObjectStore store, ObjectAccess access) {
    this.store = store;
    this.access = access;
  }

  public HttpAnswer v1(OssRequest request) {
    access.requireListable(request);
    NavigableMap<String, ObjectEntry> objects = store.objects(request.bucket());
    String marker = request.query("marker").orElse("");
    Page page = page(objects, request, marker);
    UnaryOperator<String> encoding = ListParameters.encoding(request);
    Xml xml = head(request, encoding).member("Marker", encoding.apply(marker));
    xml.member("IsTruncated", Boolean.toString(page.truncated()));
    if (page.truncated()) {
      xml.member("NextMarker", encoding.apply(page.last()));
    }
    body(xml, page, objects, encoding, true);
    return HttpAnswer.xml(200, xml.end());
  }

  public HttpAnswer v2(OssRequest request) {
    if (!request.query("list-type").orElse("").equals("2")) {
      throw OssError.invalidArgument(
              "The list-type is invalid.", "list-type", request.query("list-type").orElse(""))
          .because("list-type is not 2");
    }
    access.requireListable(request);
    NavigableMap<String, ObjectEntry> objects = store.objects(request.bucket());
    Optional<String> startAfter = request.query("start-after").filter(text -> !text.isEmpty());
    Optional<String> token = request.query("continuation-token").filter(text -> !text.isEmpty());
    Page page =
        page(objects, request, token.map(ListObjects::decode).or(() -> startAfter).orElse(""));
    UnaryOperator<String> encoding = ListParameters.encoding(request);
    Xml xml = head(request, encoding);
    startAfter.ifPresent(text -> xml.member("StartAfter", encoding.apply(text)));
    token.ifPresent(text -> xml.member("ContinuationToken", encoding.apply(text)));
    xml.member("IsTruncated", Boolean.toString(page.truncated()));
    if (page.truncated()) {
      xml.member("NextContinuationToken", encoding.apply(encode(page.last())));
    }
    xml.member("KeyCount", Integer.toString(page.keys().size() + page.folders().size()));
    boolean owner = request.query("fetch-owner").filter("true"::equals).isPresent();
    body(xml, page, objects, encoding, owner);
    return HttpAnswer.xml(200, xml.end());
  }

  private static Page page(
      NavigableMap<String, ObjectEntry> objects, OssRequest request, String after) {
    return Page.of(
        objects,
        request.query("prefix").orElse(""),
        request.query("delimiter").orElse(""),
        after,
        ListParameters.count(request, "max-keys", STANDARD_COUNT));
  }

  private static Xml head(OssRequest request, UnaryOperator<String> encoding) {
    Xml xml = Xml.root("ListBucketResult").member("Name", request.bucket());
    xml.member("Prefix", encoding.apply(request.query("prefix").orElse("")));
    xml.member(
        "MaxKeys", Integer.toString(ListParameters.count(request, "max-keys", STANDARD_COUNT)));
    xml.member("Delimiter", encoding.apply(request.query("delimiter").orElse("")));
    ListParameters.writeEncoding(xml, request);
    return xml;
  }

  private static void body(
      Xml xml,
      Page page,
      NavigableMap<String, ObjectEntry> objects,
      UnaryOperator<String> encoding,
      boolean owner) {
    for (String key : page.keys()) {
      ObjectEntry entry = objects.get(key);
      if (entry == null) {
        continue;
      }
      xml.open("Contents").member("Key", encoding.apply(key));
      xml.member("LastModified", Xml.time(entry.lastModified()));
      xml.member("ETag", entry.etag()).member("Type", entry.type().wireName());
      xml.member("Size", Long.toString(entry.size()));
      xml.member(
          "StorageClass", entry.headers().stored().getOrDefault("x-oss-storage-class", "Standard"));
      if (owner) {
        xml.owner();
      }
      xml.close("Contents");
    }
    for (String folder : page.folders()) {
      xml.open("CommonPrefixes").member("Prefix", encoding.apply(folder)).close("CommonPrefixes");
    }
  }

  private static String encode(String last) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(UTF_8));
  }

  private static String decode(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), UTF_8);
    } catch (IllegalArgumentException e) {
      throw OssError.invalidArgument(
              "The continuation-token is invalid.", "continuation-token", token)
          .because("this emulator did not issue the continuation-token");
    }
  }
}
