package io.osspost.emulator.internal.bucket;

import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.object.ObjectAccess;
import io.osspost.emulator.internal.object.XmlBody;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.protocol.Xml;
import io.osspost.emulator.internal.protocol.XmlElement;
import io.osspost.emulator.internal.store.BucketProperties;
import io.osspost.emulator.internal.store.ObjectAcl;
import io.osspost.emulator.internal.store.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The buckets of an account: ListBuckets, PutBucket and DeleteBucket. Each method is one operation.
 * Thread-safe.
 *
 * <p>Source: OSS documentation "ListBuckets", "PutBucket" and "DeleteBucket".
 */
public final class Buckets {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
  private static final int MOST = 100;

  private final ObjectStore store;
  private final ObjectAccess access;
  private final String region;

  public Buckets(ObjectStore store, ObjectAccess access, String region) {
    this.store = store;
    this.access = access;
    this.region = region;
  }

  public HttpAnswer list(OssRequest request) {
    access.requireAccount(request);
    String prefix = request.query("prefix").orElse("");
    String marker = request.query("marker").orElse("");
    int most = ListParameters.count(request, "max-keys", 100);
    List<String> found =
        store.bucketNames().stream()
            .filter(name -> name.startsWith(prefix) && name.compareTo(marker) > 0)
            .toList();
    List<String> page = found.subList(0, Math.min(most, found.size()));
    Xml xml = Xml.root("ListAllMyBucketsResult");
    if (page.size() < found.size()) {
      xml.member("Prefix", prefix).member("Marker", marker);
      xml.member("MaxKeys", Integer.toString(most)).member("IsTruncated", "true");
      xml.member("NextMarker", page.get(page.size() - 1));
    }
    xml.owner().open("Buckets");
    page.forEach(name -> bucket(xml, name, request.host()));
    return HttpAnswer.xml(200, xml.close("Buckets").end());
  }

  /** Creates a bucket. If the account already owns it, its ACL is changed. */
  public HttpAnswer put(OssRequest request) throws IOException {
    access.requireAccount(request);
    String name = request.bucket();
    if (!NAME.matcher(name).matches()) {
      throw OssError.of(400, "InvalidBucketName", "The specified bucket is not valid.")
          .ec("0015-00000001")
          .member("BucketName", name)
          .because("'" + name + "' is not 3 to 63 lower-case letters, digits and hyphens");
    }
    Optional<ObjectAcl> acl = request.header("x-oss-acl").map(BucketSettings::acl);
    String storageClass = storageClass(request);
    if (store.hasBucket(name)) {
      if (!store.properties(name).storageClass().equals(storageClass)) {
        throw OssError.of(409, "BucketAlreadyExists", "The requested bucket name is not available.")
            .member("BucketName", name)
            .because("'" + name + "' exists with another storage class");
      }
    } else if (store.bucketNames().size() >= MOST) {
      throw OssError.of(
              400, "TooManyBuckets", "You have attempted to create more buckets than allowed.")
          .because("there are " + MOST + " buckets");
    }
    store.createBucket(name);
    store.change(
        name,
        old ->
            new BucketProperties(old.created(), acl.orElse(old.acl()), storageClass, old.cors()));
    return HttpAnswer.empty(200).with("Location", "/" + name);
  }

  public HttpAnswer delete(OssRequest request) throws IOException {
    access.requireBucketOwner(request);
    if (!store.deleteBucket(request.bucket())) {
      throw OssError.of(409, "BucketNotEmpty", "The bucket you tried to delete is not empty.")
          .member("BucketName", request.bucket())
          .because("'" + request.bucket() + "' has objects or unfinished multipart uploads");
    }
    return HttpAnswer.empty(204);
  }

  private void bucket(Xml xml, String name, String host) {
    BucketProperties properties = store.properties(name);
    xml.open("Bucket");
    xml.member("CreationDate", Xml.time(properties.created()));
    xml.member("ExtranetEndpoint", host);
    xml.member("IntranetEndpoint", host);
    xml.member("Location", "oss-" + region);
    xml.member("Name", name);
    xml.member("Region", region);
    xml.member("StorageClass", properties.storageClass());
    xml.close("Bucket");
  }

  private static String storageClass(OssRequest request) throws IOException {
    byte[] body = XmlBody.bytes(request, 16 << 10, Optional.empty());
    if (body.length == 0) {
      return "Standard";
    }
    return XmlBody.parse(body, "CreateBucketConfiguration", Optional.empty())
        .first("StorageClass")
        .map(XmlElement::text)
        .filter(text -> !text.isBlank())
        .orElse("Standard");
  }
}
