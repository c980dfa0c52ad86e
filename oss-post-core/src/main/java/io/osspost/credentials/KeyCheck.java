package io.osspost.credentials;

import java.util.regex.Pattern;

/**
 * Refuses texts that are certainly not what they stand for: a form shows the AccessKey id to every
 * visitor, so a secret in its place would be published. Ids of private clouds have no fixed shape,
 * so only certain mistakes are refused. No message repeats a value.
 */
final class KeyCheck {
  /** How the vendor's ids begin: long-term keys, STS, and consoles. */
  private static final Pattern VENDOR_ID = Pattern.compile("(LTAI|STS\\.|TMP\\.).*");

  private static final Pattern WHOLE_VENDOR_ID =
      Pattern.compile("LTAI[A-Za-z0-9]{12,26}|STS\\.[A-Za-z0-9]{12,40}");

  /** What no id and no secret holds; the slash would also break the credential scope. */
  private static final Pattern STRANGE = Pattern.compile("[^!-~]|[\"'`<>${}\\\\]");

  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "(?i)(my|the)?[-_. ]?your[-_. ]?(own[-_. ]?)?(access|key|secret|aliyun|alibaba|oss|ak|sk|id)"
              + "[-_. a-z]*|(ltai|sts\\.)?[x*.]{3,}|changeme|todo|replace[-_. ]?me");

  private KeyCheck() {}

  static void require(String id, String secret, boolean hasToken) {
    requireText("AccessKey id", id);
    requireText("AccessKey secret", secret);
    if (WHOLE_VENDOR_ID.matcher(secret).matches() && !WHOLE_VENDOR_ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "The AccessKey id and the AccessKey secret are swapped. Exchange them.");
    }
    if (looksLikeSecret(id)) {
      throw new IllegalArgumentException(
          "The AccessKey id looks like a secret. Write the id, which begins with LTAI or STS., and"
              + " replace the secret if it was published.");
    }
    if (id.indexOf('/') >= 0 || id.indexOf(',') >= 0) {
      throw new IllegalArgumentException(
          "The AccessKey id contains a slash or a comma. Write the id alone.");
    }
    if (secret.startsWith("CAIS") && secret.length() > 100) {
      throw new IllegalArgumentException(
          "The AccessKey secret looks like a security token. Write the secret, and the token as the"
              + " security token.");
    }
    if (id.startsWith("STS.") && !hasToken) {
      throw new IllegalArgumentException(
          "The AccessKey id begins with STS., so it is temporary, but there is no security token."
              + " Add the token that STS returned with it.");
    }
  }

  private static void requireText(String what, String value) {
    if (STRANGE.matcher(value).find()) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " contains a blank, a quote, a bracket or another character that none has. Write it"
              + " without quotes, and replace a placeholder by the value.");
    }
    if (PLACEHOLDER.matcher(value).matches()) {
      throw new IllegalArgumentException("The " + what + " is a placeholder. Write the real one.");
    }
  }

  /** The vendor's secrets have 30 characters or more: letters of both cases and digits. */
  private static boolean looksLikeSecret(String id) {
    return id.length() >= 30
        && !VENDOR_ID.matcher(id).matches()
        && id.chars().allMatch(c -> Character.isLetterOrDigit(c) || "+/=".indexOf(c) >= 0)
        && id.chars().anyMatch(Character::isUpperCase)
        && id.chars().anyMatch(Character::isLowerCase)
        && id.chars().anyMatch(Character::isDigit);
  }
}
