package io.osspost.sign;

import java.util.Set;

/**
 * The query parameters that determine the kind of a request. V1 signs them: those on a list in the
 * vendor's libraries, and every name that begins with {@code x-oss-}.
 */
final class SubResources {
  private static final Set<String> NAMES =
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
              .split(" "));

  private SubResources() {}

  static boolean contains(String parameter) {
    return parameter.startsWith("x-oss-") || NAMES.contains(parameter);
  }

  /**
   * Rejects text that OSS could read as a sub-resource. V1 signs it without encoding. So {@code
   * GET} of the key {@code a?acl} has the same signature as a request for the ACL of {@code a}, and
   * a file name in a value could add parameters.
   */
  static void requireNoneIn(String text, String place) {
    for (int i = 0; i < text.length(); i++) {
      if (isSeparator(text.charAt(i))) {
        int end = i + 1;
        while (end < text.length() && text.charAt(end) != '=' && !isSeparator(text.charAt(end))) {
          end++;
        }
        String name = text.substring(i + 1, end);
        if (contains(name)) {
          throw new IllegalArgumentException(
              "A V1 signature cannot distinguish '"
                  + text.charAt(i)
                  + name
                  + "' in "
                  + place
                  + " from the sub-resource '"
                  + name
                  + "'. Sign with V4, or remove it.");
        }
      }
    }
  }

  private static boolean isSeparator(char c) {
    return c == '?' || c == '&';
  }
}
