package io.osspost.emulator.internal;

import io.osspost.emulator.internal.callback.CallbackKey;
import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.object.CopySource;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the operation of {@link OperationTable} for a request, by its method, kind of resource and
 * sub-resources. A sub-resource without an operation gets 501 and changes nothing. A pattern is
 * written {@code GET Object} or {@code PUT Object ?partNumber&uploadId}, with sorted sub-resources;
 * a PUT that copies is written {@code COPY Object}.
 */
final class Operations implements Operation {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");

  /** Parameters that select an operation other than the plain one. */
  private static final Set<String> SUBRESOURCES =
      words(
          "accessPoint accessPointConfigForObjectProcess accessPointForObjectProcess"
              + " accessPointPolicy accessPointPolicyForObjectProcess accessmonitor acl append"
              + " archiveDirectRead asyncFetch bucketArchiveDirectRead bucketInfo"
              + " bucketResourceGroup callback-test cleanRestoredObject cloudboxes cname comp cors dataPipeline"
              + " delete encryption endTime httpsConfig img inventory inventoryId legalHold lifecycle"
              + " list-type live location logging metaQuery objectInfo objectMeta objectWorm"
              + " overwriteConfig partNumber policy policyStatus position processConfiguration"
              + " publicAccessBlock qos qosInfo qosRequester redundancyTransition referer"
              + " regionList regions replication replicationLocation replicationProgress"
              + " requestPayment requesterQosInfo resourceGroup resourcePool"
              + " resourcePoolBucketGroup resourcePoolBuckets resourcePoolInfo restore retention rtc"
              + " seal select security startTime stat status style styleName symlink tagging"
              + " transferAcceleration udf udfApplication udfApplicationLog udfImage udfImageDesc udfName"
              + " uploadId uploads userDefinedLogFieldsConfig versionId versioning versions vip vod vpcip"
              + " website worm wormExtend wormId writeGetObjectResponse x-oss-async-process"
              + " x-oss-delete x-oss-dir x-oss-process x-oss-redundancy-transition-taskid"
              + " x-oss-rename x-oss-target-redundancy-type"
              + " x-oss-write-get-object-response");

  /** Parameters that do not change the operation: of signatures, of lists, of responses. */
  private static final Set<String> ORDINARY =
      words(
          "Expires OSSAccessKeyId Signature callback callback-var continuation-token delimiter"
              + " encoding-type fetch-owner key-marker marker max-keys max-parts max-uploads"
              + " part-number-marker prefix response-cache-control response-content-disposition"
              + " response-content-encoding response-content-language response-content-type"
              + " response-expires security-token sequential start-after tag-key tag-value"
              + " upload-id-marker version-id-marker x-oss-ac-forward-allow x-oss-ac-source-ip"
              + " x-oss-ac-subnet-mask x-oss-ac-vpc-id x-oss-access-key-id"
              + " x-oss-additional-headers x-oss-credential x-oss-date x-oss-enable-md5"
              + " x-oss-enable-sha1 x-oss-enable-sha256 x-oss-expires x-oss-hash-ctx"
              + " x-oss-md5-ctx x-oss-request-payer x-oss-security-token x-oss-signature"
              + " x-oss-signature-version x-oss-traffic-limit");

  private static final Pattern BARE_WORD = Pattern.compile("[A-Za-z-]+");

  private static Set<String> words(String text) {
    return Stream.of(text.split(" ", -1)).collect(Collectors.toUnmodifiableSet());
  }

  private final Map<String, Operation> rows;

  Operations(Map<String, Operation> rows) {
    this.rows = Map.copyOf(rows);
  }

  @Override
  public HttpAnswer perform(OssRequest request) throws IOException {
    return of(request).perform(request);
  }

  private Operation of(OssRequest request) {
    boolean copies =
        request.method().equals("PUT") && request.header(CopySource.HEADER).isPresent();
    String plain = (copies ? "COPY" : request.method()) + " " + resourceType(request);
    Set<String> subresources = new TreeSet<>();
    request
        .query()
        .forEach(
            (parameter, value) -> {
              if (isSubresource(request, parameter, value)) {
                subresources.add(parameter);
              }
            });
    String name = subresources.isEmpty() ? plain : plain + " ?" + String.join("&", subresources);
    Operation operation = rows.get(name);
    if (operation == null) {
      throw unknown(request, name, !subresources.isEmpty());
    }
    return operation;
  }

  /**
   * Returns whether a parameter selects another operation. OSS ignores unknown parameters. In a
   * request that writes, a parameter without a value may be a sub-resource newer than this list,
   * and the plain operation could overwrite or delete data.
   */
  private static boolean isSubresource(OssRequest request, String parameter, String value) {
    boolean writes = !request.method().equals("GET") && !request.method().equals("HEAD");
    return SUBRESOURCES.contains(parameter)
        || (writes
            && value.isEmpty()
            && !ORDINARY.contains(parameter)
            && BARE_WORD.matcher(parameter).matches());
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
            .because("OSS does not support the method " + request.method());
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
