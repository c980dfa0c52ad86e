package io.osspost.sts;

import io.osspost.credentials.TokenScope;

/**
 * The policy that limits a token to its scope. OSS rejects everything else, even if the role allows
 * it.
 *
 * <p>Policies have wildcards and variables, but no escape for them, so a scope that contains one is
 * rejected.
 */
final class SessionPolicy {
  /** The maximum length that STS accepts. */
  private static final int LONGEST = 2048;

  /** PutObject also permits parts. The other two actions let the client resume and clean up. */
  private static final String ACTIONS =
      "\"oss:PutObject\",\"oss:AbortMultipartUpload\",\"oss:ListParts\"";

  private static final String NO_PUBLIC_ACL =
      "{\"Effect\":\"Deny\",\"Action\":[\"oss:PutObject\"],\"Resource\":[\"acs:oss:*:*:*\"],"
          + "\"Condition\":{\"StringEquals\":{\"oss:x-oss-object-acl\":"
          + "[\"public-read\",\"public-read-write\"]}}}";

  private SessionPolicy() {}

  /**
   * Returns the policy of a token for {@code scope}.
   *
   * @throws IllegalArgumentException if no policy can express it
   */
  static String of(TokenScope scope) {
    requireLiteral("bucket", scope.bucket());
    requireLiteral("directory", scope.prefix());
    if (scope.bucket().isEmpty() || scope.bucket().contains("/")) {
      throw new IllegalArgumentException("'" + scope.bucket() + "' is not a bucket name.");
    }
    if (!scope.prefix().isEmpty() && !scope.prefix().endsWith("/")) {
      throw new IllegalArgumentException(
          "Directory '"
              + scope.prefix()
              + "' would also allow directories that begin with it. End it with a slash.");
    }
    String policy =
        "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":["
            + ACTIONS
            + "],\"Resource\":[\"acs:oss:*:*:"
            + scope.bucket()
            + "/"
            + scope.prefix()
            + "*\"]},"
            + NO_PUBLIC_ACL
            + "]}";
    if (policy.length() > LONGEST) {
      throw new IllegalArgumentException(
          "The session policy of a token for '"
              + scope.prefix().substring(0, 100)
              + "…' has "
              + policy.length()
              + " characters, but STS accepts "
              + LONGEST
              + ". Shorten dir: each {principal} can become 200 characters.");
    }
    return policy;
  }

  private static void requireLiteral(String what, String text) {
    boolean climbs = ("/" + text).contains("/../") || ("/" + text).contains("/./");
    boolean special =
        text.codePoints().anyMatch(c -> "*?${}\"\\".indexOf(c) >= 0 || Character.isISOControl(c));
    if (climbs || special) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " '"
              + text.replaceAll("\\p{Cntrl}", "?")
              + "' contains characters with a special meaning in policies. Remove * ? $ { } \" \\"
              + " and segments like '../'.");
    }
  }
}
