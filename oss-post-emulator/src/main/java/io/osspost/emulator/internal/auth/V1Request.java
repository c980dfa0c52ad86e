package io.osspost.emulator.internal.auth;

import io.osspost.emulator.internal.auth.KnownSigners.TokenPlace;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRefusedException;
import io.osspost.emulator.internal.protocol.OssRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads V1 signatures of requests, from the header {@code Authorization} or from the query.
 *
 * <p>Source: OSS documentation "Add a signature to the header" and "Add signatures to a URL"; the
 * signed parameters are all parameters that any of the vendor's clients signs.
 */
final class V1Request {
  static final String SCHEME = "OSS ";

  private static final Set<String> SIGNED_PARAMETERS =
      Set.of(
          ("accessPoint accessPointPolicy acl append asyncFetch bucketArchiveDirectRead bucketInfo"
                  + " callback callback-var cleanRestoredObject cloudboxes cname comp"
                  + " continuation-token cors delete encryption endTime httpsConfig img inventory"
                  + " inventoryId lifecycle live location logging metaQuery objectMeta partNumber"
                  + " policy policyStatus position processConfiguration publicAccessBlock qos"
                  + " qosInfo redundancyTransition referer regionList replication"
                  + " replicationLocation replicationProgress requestPayment resourceGroup"
                  + " response-cache-control response-content-disposition"
                  + " response-content-encoding response-content-language response-content-type"
                  + " response-expires restore seal security-token sequential startTime stat"
                  + " status style styleName symlink tagging transferAcceleration udf"
                  + " udfApplication udfApplicationLog udfImage udfImageDesc udfName uploadId"
                  + " uploads versionId versioning versions vip vod vpcip website worm wormExtend"
                  + " wormId")
              .split(" ", -1));

  private V1Request() {}

  /** Reads {@code OSS <key id>:<signature>}. */
  static ReceivedSignature inHeader(OssRequest request, String authorization) {
    String[] parts = authorization.substring(SCHEME.length()).trim().split(":", -1);
    if (parts.length != 2) {
      throw OssError.invalidArgument(
              "Authorization header is invalid, bad num of Items in Authorization header.",
              "Authorization",
              "")
          .because("the Authorization header is not 'OSS <key id>:<signature>'");
    }
    if (parts[0].isEmpty() || parts[1].isEmpty()) {
      throw OssError.invalidArgument(
              "AccessKeyId or Signature is missing in Authorization header value.",
              "Authorization",
              "")
          .ec(parts[0].isEmpty() ? "0002-00000063" : "0002-00000065")
          .because("the Authorization header has no key ID or no signature");
    }
    String date = RequestTime.dateHeader(request);
    Instant signed = RequestTime.httpDate(date);
    return new ReceivedSignature(
        TokenPlace.HEADER,
        parts[0],
        request.header("x-oss-security-token").or(() -> request.header("security-token")),
        now -> RequestTime.checkSkew(signed, now),
        parts[1],
        Signatures::v1,
        stringToSign(request, date),
        Optional.empty());
  }

  /** Reads {@code OSSAccessKeyId}, {@code Expires} and {@code Signature} of a presigned URL. */
  static ReceivedSignature inUrl(OssRequest request) {
    String keyId = required(request, "OSSAccessKeyId");
    String expires = required(request, "Expires");
    String signature = required(request, "Signature");
    if (!expires.matches("[0-9]{1,11}")) {
      throw OssError.of(403, "AccessDenied", "Invalid date (should be seconds since epoch)")
          .ec("0002-00000070")
          .because("Expires is '" + expires + "', not a number of seconds since 1970");
    }
    Instant end = Instant.ofEpochSecond(Long.parseLong(expires));
    return new ReceivedSignature(
        TokenPlace.URL,
        keyId,
        request.query("security-token"),
        now -> RequestTime.checkExpiry(end, now),
        signature,
        Signatures::v1,
        stringToSign(request, expires),
        Optional.empty());
  }

  private static String required(OssRequest request, String name) {
    Optional<String> value = request.query(name);
    if (value.isEmpty() || value.get().isEmpty()) {
      throw missing(name, value.isPresent());
    }
    return value.get();
  }

  private static OssRefusedException missing(String name, boolean empty) {
    OssError error =
        OssError.of(
            403,
            "AccessDenied",
            "Query string authentication requires the Signature, Expires and OSSAccessKeyId"
                + " parameters");
    if (name.equals("Expires")) {
      error = error.ec(empty ? "0002-00000068" : "0002-00000067");
    }
    return error.because("the URL's parameter " + name + (empty ? " is empty" : " is missing"));
  }

  private static String stringToSign(OssRequest request, String dateOrExpires) {
    return request.method()
        + '\n'
        + request.header("Content-MD5").orElse("").trim()
        + '\n'
        + request.header("Content-Type").orElse("").trim()
        + '\n'
        + dateOrExpires
        + '\n'
        + headers(request)
        + resource(request);
  }

  private static String headers(OssRequest request) {
    StringBuilder headers = new StringBuilder();
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (name.startsWith("x-oss-")) {
                headers.append(name).append(':').append(value.trim()).append('\n');
              }
            });
    return headers.toString();
  }

  private static String resource(OssRequest request) {
    StringBuilder resource = new StringBuilder("/");
    if (!request.bucket().isEmpty()) {
      resource.append(request.bucket()).append('/').append(request.key());
    }
    Map<String, String> signed = new TreeMap<>(request.query());
    signed.keySet().removeIf(V1Request::isUnsigned);
    char separator = '?';
    for (Map.Entry<String, String> parameter : signed.entrySet()) {
      resource.append(separator).append(parameter.getKey());
      resource.append(parameter.getValue().isEmpty() ? "" : "=" + parameter.getValue());
      separator = '&';
    }
    return resource.toString();
  }

  private static boolean isUnsigned(String parameter) {
    return !parameter.startsWith("x-oss-") && !SIGNED_PARAMETERS.contains(parameter);
  }
}
