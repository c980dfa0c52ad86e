package io.osspost.emulator.internal;

import static java.util.Map.entry;

import io.osspost.emulator.internal.bucket.BucketCors;
import io.osspost.emulator.internal.bucket.BucketSettings;
import io.osspost.emulator.internal.bucket.Buckets;
import io.osspost.emulator.internal.bucket.DeleteObjects;
import io.osspost.emulator.internal.bucket.ListObjects;
import io.osspost.emulator.internal.callback.Callbacks;
import io.osspost.emulator.internal.multipart.CompleteUpload;
import io.osspost.emulator.internal.multipart.ListUploads;
import io.osspost.emulator.internal.multipart.MultipartUploads;
import io.osspost.emulator.internal.multipart.UploadPart;
import io.osspost.emulator.internal.multipart.UploadPartCopy;
import io.osspost.emulator.internal.object.AppendObject;
import io.osspost.emulator.internal.object.CopyObject;
import io.osspost.emulator.internal.object.DeleteObject;
import io.osspost.emulator.internal.object.GetObject;
import io.osspost.emulator.internal.object.GetObjectMeta;
import io.osspost.emulator.internal.object.ObjectAccess;
import io.osspost.emulator.internal.object.ObjectAclOperations;
import io.osspost.emulator.internal.object.PutObject;
import io.osspost.emulator.internal.post.PostObject;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.store.ObjectStore;
import io.osspost.emulator.rules.EmulatorRules;
import java.util.Map;

/** The table of operations: each entry has a request pattern and the code that performs it. */
final class OperationTable {
  private OperationTable() {}

  static Map<String, Operation> rows(
      ObjectStore store,
      ObjectAccess access,
      Callbacks callbacks,
      PostObject postObject,
      String region,
      EmulatorRules rules) {
    Buckets buckets = new Buckets(store, access, region);
    BucketSettings settings = new BucketSettings(store, access, region);
    BucketCors cors = new BucketCors(store, access);
    ListObjects list = new ListObjects(store, access);
    GetObject getObject = new GetObject(access);
    ObjectAclOperations acl = new ObjectAclOperations(store, access);
    MultipartUploads multipart = new MultipartUploads(store, access, rules);
    UploadPart part = new UploadPart(store, access);
    return Map.ofEntries(
        entry("GET Service", buckets::list),
        entry("PUT Bucket", buckets::put),
        entry("DELETE Bucket", buckets::delete),
        entry("HEAD Bucket", settings::head),
        entry("GET Bucket ?bucketInfo", settings::info),
        entry("GET Bucket ?location", settings::location),
        entry("GET Bucket ?versioning", settings::versioning),
        entry("GET Bucket ?acl", settings::acl),
        entry("PUT Bucket ?acl", settings::putAcl),
        entry("GET Bucket ?cors", cors::get),
        entry("PUT Bucket ?cors", cors::put),
        entry("DELETE Bucket ?cors", cors::delete),
        entry("GET Bucket", list::v1),
        entry("GET Bucket ?list-type", list::v2),
        entry("POST Bucket", postObject),
        entry("GET CallbackKey", callbacks::publicKey),
        entry("POST Bucket ?delete", new DeleteObjects(store, access)),
        entry("PUT Object", new PutObject(store, access, callbacks)),
        entry("COPY Object", new CopyObject(store, access)),
        entry("POST Object ?append&position", new AppendObject(store, access)),
        entry("GET Object", getObject),
        entry("HEAD Object", getObject),
        entry("HEAD Object ?objectMeta", new GetObjectMeta(access)),
        entry("DELETE Object", new DeleteObject(store, access)),
        entry("GET Object ?acl", acl::get),
        entry("PUT Object ?acl", acl::put),
        entry("POST Object ?uploads", multipart::initiate),
        entry("PUT Object ?partNumber&uploadId", part),
        entry("PUT Object ?uploadId", part::withoutNumber),
        entry("COPY Object ?partNumber&uploadId", new UploadPartCopy(store, access)),
        entry("POST Object ?uploadId", new CompleteUpload(store, access, callbacks, rules)),
        entry("DELETE Object ?uploadId", multipart::abort),
        entry("GET Object ?uploadId", multipart::listParts),
        entry("GET Bucket ?uploads", new ListUploads(store, access)));
  }
}
