package io.osspost.emulator;

import io.osspost.emulator.http.Operation;
import io.osspost.emulator.http.OssAnswer;
import io.osspost.emulator.http.OssError;
import io.osspost.emulator.http.OssRequest;
import java.io.IOException;

/** The table of operations: method and kind of resource decide which one a request means. */
final class Operations implements Operation {
  private final Operation postObject;
  private final Operation getObject;

  Operations(Operation postObject, Operation getObject) {
    this.postObject = postObject;
    this.getObject = getObject;
  }

  @Override
  public OssAnswer perform(OssRequest request) throws IOException {
    return of(request).perform(request);
  }

  private Operation of(OssRequest request) {
    return switch (request.method()) {
      case "POST" -> post(request);
      case "GET", "HEAD" -> get(request);
      case "PUT", "DELETE" ->
          throw OssError.notImplemented("take " + request.method() + " requests")
              .because("uploads come as forms so far");
      default ->
          throw OssError.methodNotAllowed(request.method(), resourceType(request))
              .because("OSS knows no method " + request.method());
    };
  }

  private Operation post(OssRequest request) {
    return switch (resourceType(request)) {
      case "Bucket" -> postObject;
      case "Service" ->
          throw OssError.methodNotAllowed("POST", "Service")
              .because("the URL names no bucket: post to /<bucket>/ or http://<bucket>.localhost/");
      default ->
          throw OssError.methodNotAllowed("POST", "Object")
              .because("a form is posted to the bucket; its field 'key' names the object");
    };
  }

  private Operation get(OssRequest request) {
    if (!resourceType(request).equals("Object")) {
      throw OssError.notImplemented("list buckets or objects").because("the URL has no key");
    }
    if (isSigned(request)) {
      throw OssError.notImplemented("check signatures of " + request.method() + " requests")
          .because("the request is signed; only objects that are public can be read so far");
    }
    return getObject;
  }

  private static String resourceType(OssRequest request) {
    if (request.bucket().isEmpty()) {
      return "Service";
    }
    return request.key().isEmpty() ? "Bucket" : "Object";
  }

  private static boolean isSigned(OssRequest request) {
    return request.header("Authorization").isPresent()
        || request.hasQuery("Signature")
        || request.hasQuery("x-oss-signature");
  }
}
