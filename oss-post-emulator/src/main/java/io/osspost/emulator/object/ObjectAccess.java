package io.osspost.emulator.object;

import io.osspost.emulator.auth.AccessKey;
import io.osspost.emulator.auth.Authorizer;
import io.osspost.emulator.auth.RequestSigner;
import io.osspost.emulator.http.OssError;
import io.osspost.emulator.http.OssRequest;
import io.osspost.emulator.store.ObjectAcl;
import io.osspost.emulator.store.ObjectEntry;
import io.osspost.emulator.store.ObjectStore;
import java.util.Optional;

/**
 * Who may do what: keys this OSS knows everything, strangers what an ACL lets them read. A wrong
 * signature is refused before a bucket is looked up. Thread-safe.
 */
public final class ObjectAccess {
  private final ObjectStore store;
  private final RequestSigner signer;
  private final Authorizer ram;
  private final ObjectAcl bucketAcl;

  public ObjectAccess(
      ObjectStore store, RequestSigner signer, Authorizer ram, ObjectAcl bucketAcl) {
    this.store = store;
    this.signer = signer;
    this.ram = ram;
    this.bucketAcl = bucketAcl;
  }

  ObjectAcl bucketAcl() {
    return bucketAcl;
  }

  /** The object a request may read; the key that signed is in {@code signer}, if one did. */
  record Found(Optional<AccessKey> signer, ObjectEntry entry) {}

  /** Lets a reader of an object pass, if the object is there. */
  Found read(OssRequest request) {
    Optional<AccessKey> key = signer.of(request);
    checkBucket(request);
    Optional<ObjectEntry> entry = store.find(request.bucket(), request.key());
    if (!ram.allows(key, request)) {
      checkStrangerReads(entry);
    }
    if (entry.isEmpty()) {
      throw noSuchKey(request.key())
          .because("no object '" + request.key() + "' in " + request.bucket());
    }
    return new Found(key, entry.get());
  }

  /** Lets those pass who may change an object. */
  void write(OssRequest request) {
    Optional<AccessKey> key = signer.of(request);
    checkBucket(request);
    if (!ram.allows(key, request)) {
      writeUnsigned(request.bucket(), request.key());
    }
  }

  /** Lets strangers pass where bucket and object are {@code public-read-write}. */
  public void writeUnsigned(String bucket, String key) {
    if (!bucketAcl.admitsWriters(bucketAcl)) {
      throw accessDenied()
          .because(
              "nobody who may do this signed it, and bucket ACL "
                  + bucketAcl.wireName()
                  + " does not let strangers write");
    }
    ObjectAcl acl =
        store.find(bucket, key).map(entry -> entry.headers().acl()).orElse(ObjectAcl.DEFAULT);
    if (!acl.admitsWriters(bucketAcl)) {
      throw OssError.of(403, "AccessDenied", "You do not have write permission on this object.")
          .ec("0003-00000006")
          .because(
              "nobody who may do this signed it, and the ACL of '"
                  + key
                  + "' is "
                  + acl.wireName());
    }
  }

  /** Lets those pass who may see a bucket's settings: not strangers. */
  void settings(OssRequest request) {
    Optional<AccessKey> key = signer.of(request);
    checkBucket(request);
    if (!ram.allows(key, request)) {
      throw OssError.of(403, "AccessDenied", "Anonymous user has no right to access this bucket.")
          .ec("0003-00000002")
          .because("the request is not signed");
    }
  }

  static OssError noSuchKey(String key) {
    return OssError.of(404, "NoSuchKey", "The specified key does not exist.").member("Key", key);
  }

  private void checkBucket(OssRequest request) {
    if (!store.hasBucket(request.bucket())) {
      throw OssError.noSuchBucket(request.bucket())
          .because("no bucket '" + request.bucket() + "' in this emulator");
    }
  }

  private void checkStrangerReads(Optional<ObjectEntry> entry) {
    ObjectAcl acl = entry.map(found -> found.headers().acl()).orElse(ObjectAcl.DEFAULT);
    if (!acl.admitsReaders(bucketAcl)) {
      throw accessDenied()
          .because(
              "nobody who may do this signed it, and neither object ACL ("
                  + acl.wireName()
                  + ") nor bucket ACL ("
                  + bucketAcl.wireName()
                  + ") lets strangers read");
    }
  }

  private static OssError accessDenied() {
    return OssError.of(
            403, "AccessDenied", "You have no right to access this object because of bucket acl.")
        .ec("0003-00000001");
  }
}
