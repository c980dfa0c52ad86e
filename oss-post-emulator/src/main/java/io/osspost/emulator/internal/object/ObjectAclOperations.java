package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.protocol.Xml;
import io.osspost.emulator.internal.store.ObjectAcl;
import io.osspost.emulator.internal.store.ObjectEntry;
import io.osspost.emulator.internal.store.ObjectStore;
import java.io.IOException;

/**
 * GetObjectAcl and PutObjectAcl. Each method is one operation. Thread-safe.
 *
 * <p>Source: OSS documentation "GetObjectACL" and "PutObjectACL".
 */
public final class ObjectAclOperations {
  private final ObjectStore store;
  private final ObjectAccess access;

  public ObjectAclOperations(ObjectStore store, ObjectAccess access) {
    this.store = store;
    this.access = access;
  }

  public HttpAnswer get(OssRequest request) {
    access.requireBucketOwner(request);
    ObjectEntry entry = access.requireReadable(request).entry();
    return HttpAnswer.xml(200, document(entry.headers().acl()));
  }

  public HttpAnswer put(OssRequest request) throws IOException {
    access.requireBucketOwner(request);
    access.requireReadable(request);
    if (request.header("x-oss-object-acl").filter(text -> !text.isEmpty()).isEmpty()) {
      throw OssError.invalidArgument(
              "The header x-oss-object-acl is missing or empty.", "x-oss-object-acl", "")
          .ec("0017-00000105")
          .because("PutObjectAcl needs the header x-oss-object-acl");
    }
    ObjectAcl acl = new UploadHeaders(request.headers()).acl();
    store.change(request.bucket(), request.key(), headers -> headers.with(acl));
    return HttpAnswer.empty(200);
  }

  /** Returns the XML document of an ACL, of an object or a bucket. */
  public static String document(ObjectAcl acl) {
    Xml xml = Xml.root("AccessControlPolicy").owner();
    xml.open("AccessControlList").member("Grant", acl.wireName()).close("AccessControlList");
    return xml.end();
  }
}
