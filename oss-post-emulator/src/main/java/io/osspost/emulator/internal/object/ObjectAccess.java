package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.auth.AccessKey;
import io.osspost.emulator.internal.auth.Authorizer;
import io.osspost.emulator.internal.auth.RequestSigner;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.store.ObjectAcl;
import io.osspost.emulator.internal.store.ObjectEntry;
import io.osspost.emulator.internal.store.ObjectStore;
import java.util.List;
import java.util.Optional;

/**
 * Checks that a request is allowed. A signed request needs the permission of RAM or, like an
 * anonymous request, that of the ACL. A wrong signature is rejected before the bucket is looked up.
 * Thread-safe.
 */
public final class ObjectAccess {
  private final ObjectStore store;
  private final RequestSigner signer;
  private final Authorizer ram;

  public ObjectAccess(ObjectStore store, RequestSigner signer, Authorizer ram) {
    this.store = store;
    this.signer = signer;
    this.ram = ram;
  }

  /** An object that a request may read; {@code signer} is empty for an anonymous request. */
  public record Found(Optional<AccessKey> signer, ObjectEntry entry) {}

  /** Returns the object, after checking that the request may read it. */
  public Found requireReadable(OssRequest request) {
    Optional<AccessKey> reader = signer.of(request);
    requireBucket(request.bucket());
    return find(reader, ram.allows(reader, request), request.bucket(), request.key());
  }

  /** Returns an object that the URL does not name, after checking that the request may read it. */
  public Found requireReadable(OssRequest request, String bucket, String key) {
    Optional<AccessKey> reader = signer.of(request);
    requireBucket(bucket);
    return find(reader, ram.allowsReading(reader, request, bucket, key), bucket, key);
  }

  private Found find(Optional<AccessKey> reader, boolean allowed, String bucket, String key) {
    Optional<ObjectEntry> entry = store.find(bucket, key);
    if (!allowed) {
      requirePublicRead(bucket, entry);
    }
    if (entry.isEmpty()) {
      throw noSuchKey(key).because("no object '" + key + "' in " + bucket);
    }
    return new Found(reader, entry.get());
  }

  /** Checks that the request may write the object. */
  public void requireWritable(OssRequest request) {
    Optional<AccessKey> key = signer.of(request);
    requireBucket(request.bucket());
    if (!ram.allows(key, request)) {
      requirePublicWrite(request.bucket(), request.key());
    }
  }

  /**
   * Checks that the request may delete all of {@code keys}, which are listed in the body of the
   * request.
   */
  public void requireDeletable(OssRequest request, List<String> keys) {
    Optional<AccessKey> signedBy = signer.of(request);
    for (String key : keys) {
      if (!ram.allowsDeleting(signedBy, request, key)) {
        requirePublicWrite(request.bucket(), key);
      }
    }
  }

  /** Checks that bucket and object are {@code public-read-write}. */
  public void requirePublicWrite(String bucket, String key) {
    ObjectAcl bucketAcl = bucketAcl(bucket);
    if (!bucketAcl.admitsWriters(bucketAcl)) {
      throw accessDenied()
          .because(
              "no key with this permission signed the request, and the bucket ACL "
                  + bucketAcl.wireName()
                  + " does not allow anonymous writes");
    }
    ObjectAcl acl =
        store.find(bucket, key).map(entry -> entry.headers().acl()).orElse(ObjectAcl.DEFAULT);
    if (!acl.admitsWriters(bucketAcl)) {
      throw OssError.of(403, "AccessDenied", "You do not have write permission on this object.")
          .ec("0003-00000006")
          .because(
              "no key with this permission signed the request, and the ACL of '"
                  + key
                  + "' is "
                  + acl.wireName());
    }
  }

  /** Checks that the request may list the bucket. */
  public void requireListable(OssRequest request) {
    Optional<AccessKey> key = signer.of(request);
    requireBucket(request.bucket());
    if (!ram.allows(key, request)
        && !ObjectAcl.DEFAULT.admitsReaders(bucketAcl(request.bucket()))) {
      throw noRight(key)
          .because("no key with this permission signed the request, and the bucket is private");
    }
  }

  /** Checks that the request may read and change the bucket's settings, which needs a signature. */
  public void requireBucketOwner(OssRequest request) {
    Optional<AccessKey> key = signer.of(request);
    requireBucket(request.bucket());
    if (!ram.allows(key, request)) {
      throw noRight(key).because("no key signed the request, or RAM does not allow it");
    }
  }

  /** Checks that the request may list and create buckets, which needs a signature. */
  public void requireAccount(OssRequest request) {
    Optional<AccessKey> key = signer.of(request);
    if (!ram.allows(key, request)) {
      throw noRight(key).because("no key signed the request, or RAM does not allow it");
    }
  }

  static OssError noSuchKey(String key) {
    return OssError.of(404, "NoSuchKey", "The specified key does not exist.").member("Key", key);
  }

  private void requireBucket(String bucket) {
    if (!store.hasBucket(bucket)) {
      throw OssError.noSuchBucket(bucket).because("no bucket '" + bucket + "' in this emulator");
    }
  }

  private ObjectAcl bucketAcl(String bucket) {
    return store.properties(bucket).acl();
  }

  private void requirePublicRead(String bucket, Optional<ObjectEntry> entry) {
    ObjectAcl bucketAcl = bucketAcl(bucket);
    ObjectAcl acl = entry.map(found -> found.headers().acl()).orElse(ObjectAcl.DEFAULT);
    if (!acl.admitsReaders(bucketAcl)) {
      throw accessDenied()
          .because(
              "no key with this permission signed the request, and neither object ACL ("
                  + acl.wireName()
                  + ") nor bucket ACL ("
                  + bucketAcl.wireName()
                  + ") allows anonymous reads");
    }
  }

  private static OssError noRight(Optional<AccessKey> signer) {
    return signer.isPresent()
        ? OssError.of(403, "AccessDenied", "AccessDenied").ec("0003-00000001")
        : OssError.of(403, "AccessDenied", "Anonymous user has no right to access this bucket.")
            .ec("0003-00000002");
  }

  private static OssError accessDenied() {
    return OssError.of(
            403, "AccessDenied", "You have no right to access this object because of bucket acl.")
        .ec("0003-00000001");
  }
}
