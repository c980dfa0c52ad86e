package io.osspost.emulator.internal.auth;

import io.osspost.emulator.internal.protocol.OssRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One action on one resource that a request needs permission for. Immutable.
 *
 * <p>Source: OSS documentation "Authorization syntax and elements" and the permission table of each
 * operation. There are no actions such as {@code oss:PostObject} or {@code oss:UploadPart}: all
 * ways to write an object need {@code oss:PutObject}.
 *
 * @param key empty for the bucket itself
 * @param context the condition keys that only this action has
 */
record RequiredAction(String action, String bucket, String key, Map<String, String> context) {
  private static final String OBJECT_ACL = "oss:x-oss-object-acl";

  /** Sub-resources of an object, and the prefix of their names in actions. */
  private static final Map<String, String> OF_OBJECTS =
      Map.of("acl", "ObjectAcl", "tagging", "ObjectTagging");

  /** Sub-resources of a bucket that name their actions. */
  private static final Map<String, String> OF_BUCKETS =
      Map.ofEntries(
          Map.entry("acl", "BucketAcl"),
          Map.entry("bucketInfo", "BucketInfo"),
          Map.entry("cors", "BucketCors"),
          Map.entry("encryption", "BucketEncryption"),
          Map.entry("lifecycle", "BucketLifecycle"),
          Map.entry("location", "BucketLocation"),
          Map.entry("logging", "BucketLogging"),
          Map.entry("policy", "BucketPolicy"),
          Map.entry("referer", "BucketReferer"),
          Map.entry("stat", "BucketStat"),
          Map.entry("tagging", "BucketTagging"),
          Map.entry("versioning", "BucketVersioning"),
          Map.entry("website", "BucketWebsite"));

  /**
   * Returns the actions that a request needs, by its method and sub-resources. All of them must be
   * allowed.
   */
  static List<RequiredAction> of(OssRequest request) {
    List<RequiredAction> intents = new ArrayList<>();
    String key = request.key();
    if (!key.isEmpty()) {
      intents.add(onObject(request, objectAction(request), key));
      if (request.header("x-oss-tagging").isPresent()) {
        intents.add(onObject(request, "oss:PutObjectTagging", key));
      }
    } else if (request.hasQuery("delete")) {
      return intents; // The body names the objects.
    } else if (request.bucket().isEmpty()) {
      intents.add(new RequiredAction("oss:ListBuckets", "*", "", Map.of()));
    } else {
      intents.add(
          new RequiredAction(bucketAction(request), request.bucket(), "", bucketContext(request)));
    }
    return intents;
  }

  /** Returns the read of an object that the URL does not name, such as the source of a copy. */
  static RequiredAction read(String bucket, String key) {
    return new RequiredAction("oss:GetObject", bucket, key, Map.of());
  }

  /** Returns the deletion of one of several objects. */
  static RequiredAction delete(String bucket, String key) {
    return new RequiredAction("oss:DeleteObject", bucket, key, Map.of());
  }

  /** Returns the upload of a form, whose fields replace a request's headers. */
  static RequiredAction form(String bucket, String key, Optional<String> acl) {
    return new RequiredAction(
        "oss:PutObject", bucket, key, acl.map(value -> Map.of(OBJECT_ACL, value)).orElse(Map.of()));
  }

  /** Returns the resource as policies name it. */
  String resource(String region, String account) {
    String path = key.isEmpty() ? bucket : bucket + "/" + key;
    return "acs:oss:" + region + ":" + account + ":" + path;
  }

  private static RequiredAction onObject(OssRequest request, String action, String key) {
    Optional<String> acl = request.header("x-oss-object-acl");
    return new RequiredAction(
        action,
        request.bucket(),
        key,
        acl.map(value -> Map.of(OBJECT_ACL, value)).orElse(Map.of()));
  }

  private static String objectAction(OssRequest request) {
    for (Map.Entry<String, String> subresource : OF_OBJECTS.entrySet()) {
      if (request.hasQuery(subresource.getKey())) {
        return "oss:" + verb(request) + subresource.getValue();
      }
    }
    boolean upload = request.hasQuery("uploadId");
    return switch (request.method()) {
      case "GET", "HEAD" -> upload ? "oss:ListParts" : "oss:GetObject";
      case "DELETE" -> upload ? "oss:AbortMultipartUpload" : "oss:DeleteObject";
      case "POST" ->
          request.hasQuery("restore")
              ? "oss:RestoreObject"
              : request.hasQuery("x-oss-process") ? "oss:PostProcessTask" : "oss:PutObject";
      default -> "oss:PutObject";
    };
  }

  private static String bucketAction(OssRequest request) {
    for (Map.Entry<String, String> subresource : OF_BUCKETS.entrySet()) {
      if (request.hasQuery(subresource.getKey())) {
        return "oss:" + verb(request) + subresource.getValue();
      }
    }
    return switch (request.method()) {
      case "PUT" -> "oss:PutBucket";
      case "DELETE" -> "oss:DeleteBucket";
      case "HEAD" -> "oss:GetBucketInfo";
      default ->
          request.hasQuery("uploads")
              ? "oss:ListMultipartUploads"
              : request.hasQuery("versions") ? "oss:ListObjectVersions" : "oss:ListObjects";
    };
  }

  private static String verb(OssRequest request) {
    return switch (request.method()) {
      case "GET", "HEAD" -> "Get";
      case "DELETE" -> "Delete";
      default -> "Put";
    };
  }

  /** Prefix and delimiter count as empty if a list request omits them. */
  private static Map<String, String> bucketContext(OssRequest request) {
    Map<String, String> context = new LinkedHashMap<>();
    if (request.method().equals("GET")) {
      context.put("oss:Prefix", request.query("prefix").orElse(""));
      context.put("oss:Delimiter", request.query("delimiter").orElse(""));
    }
    request.header("x-oss-acl").ifPresent(acl -> context.put("oss:x-oss-acl", acl));
    return context;
  }
}
