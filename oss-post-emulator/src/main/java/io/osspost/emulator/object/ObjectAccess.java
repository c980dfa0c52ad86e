package io.osspost.emulator.object;

import io.osspost.emulator.auth.AccessKey;
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
  private final ObjectAcl bucketAcl;

  public ObjectAccess(ObjectStore store, RequestSigner signer, ObjectAcl bucketAcl) {
    this.store = store;
    this.signer = signer;
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
    if (key.isEmpty()) {
      checkStrangerReads(entry);
    }
    if (entry.isEmpty()) {
      throw noSuchKey(request.key())
          .because("no object '" + request.key() + "' in " + request.bucket());
    }
    return new Found(key, entry.get());
  }

  /** Lets those pass who may change objects: not strangers. */
  void write(OssRequest request) {
    Optional<AccessKey> key = signer.of(request);
    checkBucket(request);
    if (key.isEmpty()) {
      throw accessDenied()
          .because("the request is not signed, and the bucket does not let strangers write");
    }
  }

  /** Lets those pass who may see a bucket's settings: not strangers. */
  void settings(OssRequest request) {
    Optional<AccessKey> key = signer.of(request);
    checkBucket(request);
    if (key.isEmpty()) {
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
              "the request is not signed, and neither object ACL ("
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
