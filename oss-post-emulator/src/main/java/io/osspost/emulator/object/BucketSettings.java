package io.osspost.emulator.object;

import io.osspost.emulator.http.OssAnswer;
import io.osspost.emulator.http.OssRequest;
import io.osspost.emulator.http.Xml;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What can be asked about a bucket: GetBucketInfo, GetBucketLocation, GetBucketAcl and HEAD. Each
 * method is one operation. Thread-safe.
 *
 * <p>Source: OSS documentation "GetBucketInfo", "GetBucketLocation" and "GetBucketAcl".
 */
public final class BucketSettings {
  /** The one account there is. */
  private static final String OWNER = "1000000000000000";

  private final ObjectAccess access;
  private final String region;
  private final String created;

  public BucketSettings(ObjectAccess access, String region, Instant created) {
    this.access = access;
    this.region = region;
    this.created = created.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ".000Z");
  }

  public OssAnswer info(OssRequest request) {
    access.settings(request);
    Xml xml = Xml.root("BucketInfo").open("Bucket");
    xml.member("CreationDate", created);
    xml.member("ExtranetEndpoint", request.host());
    xml.member("IntranetEndpoint", request.host());
    xml.member("Location", "oss-" + region);
    xml.member("StorageClass", "Standard");
    xml.member("TransferAcceleration", "Disabled");
    xml.member("CrossRegionReplication", "Disabled");
    xml.member("Name", request.bucket());
    xml.open("Owner").member("ID", OWNER).member("DisplayName", OWNER).close("Owner");
    xml.open("AccessControlList").member("Grant", grant()).close("AccessControlList");
    xml.member("DataRedundancyType", "LRS");
    xml.member("Comment", "");
    return OssAnswer.xml(200, xml.close("Bucket").end());
  }

  public OssAnswer location(OssRequest request) {
    access.settings(request);
    return OssAnswer.xml(200, Xml.text("LocationConstraint", "oss-" + region));
  }

  public OssAnswer acl(OssRequest request) {
    access.settings(request);
    Xml xml = Xml.root("AccessControlPolicy");
    xml.open("Owner").member("ID", OWNER).member("DisplayName", OWNER).close("Owner");
    xml.open("AccessControlList").member("Grant", grant()).close("AccessControlList");
    return OssAnswer.xml(200, xml.end());
  }

  public OssAnswer head(OssRequest request) {
    access.settings(request);
    return OssAnswer.empty(200).with("x-oss-bucket-region", region);
  }

  private String grant() {
    return access.bucketAcl().wireName();
  }
}
