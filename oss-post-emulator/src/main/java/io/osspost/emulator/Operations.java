package io.osspost.emulator;

import io.osspost.emulator.callback.CallbackKey;
import io.osspost.emulator.http.Operation;
import io.osspost.emulator.http.OssAnswer;
import io.osspost.emulator.http.OssError;
import io.osspost.emulator.http.OssRequest;
import io.osspost.emulator.object.CopySource;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The table of operations: method, kind of resource and sub-resources decide which one a request
 * means. A row reads {@code GET Object} or {@code PUT Object ?partNumber&uploadId}, its
 * sub-resources sorted; a PUT that copies reads {@code COPY Object}.
 */
final class Operations implements Operation {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");

  /** Parameters that make a request mean something else than the plain one. */
  private static final Set<String> SUBRESOURCES =
      Set.of(
          ("accessPoint accessPointPolicy accessmonitor acl append archiveDirectRead asyncFetch"
                  + " bucketInfo callback-test comp cors delete encryption httpsConfig img"
                  + " inventory lifecycle list-type live location logging metaQuery objectMeta"
                  + " partNumber policy policyStatus position publicAccessBlock qosInfo referer"
                  + " replication replicationLocation replicationProgress requestPayment"
                  + " resourceGroup restore seal stat status style symlink tagging"
                  + " transferAcceleration uploadId uploads versionId versioning versions vod"
                  + " website worm wormExtend wormId x-oss-async-process x-oss-process"
                  + " x-oss-rename")
              .split(" ", -1));

  private final Map<String, Operation> rows;

  Operations(Map<String, Operation> rows) {
    this.rows = Map.copyOf(rows);
  }

  @Override
  public OssAnswer perform(OssRequest request) throws IOException {
    return of(request).perform(request);
  }

  private Operation of(OssRequest request) {
    boolean copies =
        request.method().equals("PUT") && request.header(CopySource.HEADER).isPresent();
    String plain = (copies ? "COPY" : request.method()) + " " + resourceType(request);
    Set<String> subresources = new TreeSet<>(request.query().keySet());
    subresources.retainAll(SUBRESOURCES);
    String name = subresources.isEmpty() ? plain : plain + " ?" + String.join("&", subresources);
    Operation operation = rows.get(name);
    if (operation == null) {
      throw unknown(request, name, !subresources.isEmpty());
    }
    return operation;
  }

  private static RuntimeException unknown(
      OssRequest request, String name, boolean hasSubresources) {
    String type = resourceType(request);
    if (request.method().equals("POST") && !hasSubresources) {
      return OssError.methodNotAllowed("POST", type)
          .because(
              type.equals("Service")
                  ? "the URL names no bucket: post to /<bucket>/ or http://<bucket>.localhost/"
                  : "a form is posted to the bucket; its field 'key' names the object");
    }
    return METHODS.contains(request.method())
        ? OssError.notImplemented("perform " + name).because("there is no operation " + name)
        : OssError.methodNotAllowed(request.method(), type)
            .because("OSS knows no method " + request.method());
  }

  private static String resourceType(OssRequest request) {
    if (request.bucket().isEmpty()) {
      return "Service";
    }
    if (request.key().isEmpty()) {
      return request.bucket().equals(CallbackKey.FILE) ? "CallbackKey" : "Bucket";
    }
    return "Object";
  }
}
