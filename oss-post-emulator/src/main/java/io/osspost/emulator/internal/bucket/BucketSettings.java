package io.osspost.emulator.internal.bucket;

import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.object.ObjectAccess;
import io.osspost.emulator.internal.object.ObjectAclOperations;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.protocol.Xml;
import io.osspost.emulator.internal.store.BucketProperties;
import io.osspost.emulator.internal.store.ObjectAcl;
import io.osspost.emulator.internal.store.ObjectStore;
import java.io.IOException;

/**
 * Reads the properties of a bucket, and reads and sets its ACL: GetBucketInfo, GetBucketLocation,
 * GetBucketAcl, PutBucketAcl, GetBucketVersioning and HEAD. Each method is one operation.
 * Thread-safe.
 *
 * <p>Source: OSS documentation "GetBucketInfo", "GetBucketLocation", "GetBucketAcl" and
 * "PutBucketAcl".
 */
public final class BucketSettings {
  private final ObjectStore store;
  private final ObjectAccess access;
  private final String region;

  public BucketSettings(ObjectStore store, ObjectAccess access, String region) {
    this.store = store;
    this.access = access;
    this.region = region;
  }

  public HttpAnswer info(OssRequest request) {
    access.requireBucketOwner(request);
    BucketProperties properties = store.properties(request.bucket());
    Xml xml = Xml.root("BucketInfo").open("Bucket");
    xml.member("CreationDate", Xml.time(properties.created()));
    xml.member("ExtranetEndpoint", request.host());
    xml.member("IntranetEndpoint", request.host());
    xml.member("Location", "oss-" + region);
    xml.member("StorageClass", properties.storageClass());
    xml.member("TransferAcceleration", "Disabled");
    xml.member("CrossRegionReplication", "Disabled");
    xml.member("Name", request.bucket());
    xml.owner();
    xml.open("AccessControlList");
    xml.member("Grant", properties.acl().wireName()).close("AccessControlList");
    xml.member("DataRedundancyType", "LRS");
    xml.member("Comment", "");
    return HttpAnswer.xml(200, xml.close("Bucket").end());
  }

  public HttpAnswer location(OssRequest request) {
    access.requireBucketOwner(request);
    return HttpAnswer.xml(200, Xml.text("LocationConstraint", "oss-" + region));
  }

  public HttpAnswer head(OssRequest request) {
    access.requireBucketOwner(request);
    return HttpAnswer.empty(200).with("x-oss-bucket-region", region);
  }

  /** An empty document means that versioning is disabled. */
  public HttpAnswer versioning(OssRequest request) {
    access.requireBucketOwner(request);
    return HttpAnswer.xml(200, Xml.root("VersioningConfiguration").end());
  }

  public HttpAnswer acl(OssRequest request) {
    access.requireBucketOwner(request);
    ObjectAcl acl = store.properties(request.bucket()).acl();
    return HttpAnswer.xml(200, ObjectAclOperations.document(acl));
  }

  public HttpAnswer putAcl(OssRequest request) throws IOException {
    access.requireBucketOwner(request);
    ObjectAcl acl = acl(request.header("x-oss-acl").orElse(""));
    store.change(request.bucket(), properties -> properties.with(acl));
    return HttpAnswer.empty(200);
  }

  /** Reads the value of {@code x-oss-acl}. */
  static ObjectAcl acl(String value) {
    return ObjectAcl.of(value)
        .filter(acl -> acl != ObjectAcl.DEFAULT)
        .orElseThrow(
            () ->
                OssError.invalidArgument("no such bucket access control exists", "x-oss-acl", value)
                    .because("x-oss-acl is '" + value + "', which is not an ACL of a bucket"));
  }
}
