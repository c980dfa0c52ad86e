package io.osspost.credentials;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rejects texts that cannot be an id, a secret or a token. A form shows the AccessKey id and the
 * security token to every visitor, so a secret in their place would be published. Keys of private
 * clouds have no fixed format, so only certain mistakes are rejected. Messages never contain the
 * value.
 */
final class KeyCheck {
  /** The length of the vendor's shortest secrets. */
  private static final int SECRET_LENGTH = 30;

  /** The maximum length of an id, a secret and a placeholder. The vendor's tokens are longer. */
  private static final int MAX_KEY_LENGTH = 64;

  /** The prefixes of the vendor's ids: long-term keys, STS, and consoles. */
  private static final Pattern VENDOR_ID = Pattern.compile("(LTAI|STS\\.|TMP\\.).*");

  private static final Pattern WHOLE_VENDOR_ID =
      Pattern.compile("LTAI[A-Za-z0-9]{12,26}|STS\\.[A-Za-z0-9]{12,40}");

  /** Characters that no id, secret or token contains. */
  private static final Pattern INVALID = Pattern.compile("[^!-~]|[\"'`<>${}\\\\]");

  /** Characters that no id contains. A slash would also break the credential scope. */
  private static final Pattern SEPARATOR = Pattern.compile("[/,;:=|&?#]");

  private static final Pattern MASKED = Pattern.compile("[*]{3}|[.]{3}");

  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "(?i)((my|the)?[-_.]?your[-_.]?(own[-_.]?)?"
              + "(access|key|secret|security|token|aliyun|alibaba|oss|id|ak|sk)[-_.a-z]*)"
              + "|x{3,}|.*x{6,}.*|(ltai|sts[.])x{3,}"
              + "|((my|oss|aliyun|alibaba[-_.]?cloud)[-_.]?)?access[-_.]?key([-_.]?(id|secret))?"
              + "|change[-_]?me|todo|tbd|null|nil|none|undefined|placeholder"
              + "|(replace|insert|enter|fill|put)[-_.].*(me|here|in)"
              + "|%.+%|@.+@|\\[.+]|([a-z]+)?\\(.+\\)");

  private KeyCheck() {}

  static void require(String id, String secret, @Nullable String token) {
    requireText("AccessKey id", id);
    requireText("AccessKey secret", secret);
    requireSecret(id, secret);
    requireId(id, secret);
    if (token != null) {
      requireText("security token", token);
      requireToken(secret, token);
    } else if (id.startsWith("STS.")) {
      throw new IllegalArgumentException(
          "The AccessKey id begins with STS., so it is temporary, but there is no security token."
              + " Add the token that STS returned with it.");
    }
  }

  private static void requireText(String name, String value) {
    if (INVALID.matcher(value).find()) {
      throw new IllegalArgumentException(
          "The "
              + name
              + " contains a space, a quote, a bracket or another invalid character. Write it "
              + "without quotes, and replace a placeholder with its value.");
    }
    boolean isPlaceholder =
        value.length() <= MAX_KEY_LENGTH && PLACEHOLDER.matcher(value).matches();
    if (isPlaceholder || MASKED.matcher(value).find()) {
      throw new IllegalArgumentException(
          "The " + name + " is a placeholder. Write the real value.");
    }
  }

  private static void requireSecret(String id, String secret) {
    if (WHOLE_VENDOR_ID.matcher(secret).matches()) {
      throw new IllegalArgumentException(
          WHOLE_VENDOR_ID.matcher(id).matches()
              ? "The AccessKey secret is an AccessKey id. Write the secret."
              : "The AccessKey id and the AccessKey secret are swapped. Swap them back.");
    }
    if (secret.startsWith("CAIS") && secret.length() > MAX_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "The AccessKey secret looks like a security token. Write the secret, and the token as the"
              + " security token.");
    }
  }

  private static void requireId(String id, String secret) {
    if (id.equals(secret) || (secret.length() >= SECRET_LENGTH && id.contains(secret))) {
      throw new IllegalArgumentException(
          "The AccessKey id contains the AccessKey secret. Write the id alone, and replace the"
              + " secret if it was published.");
    }
    if (looksLikeSecret(id) && !VENDOR_ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "The AccessKey id looks like a secret. Write the id, which begins with LTAI or STS., and"
              + " replace the secret if it was published.");
    }
    if (SEPARATOR.matcher(id).find()) {
      throw new IllegalArgumentException(
          "The AccessKey id contains a slash, a comma or another separator. Write the id alone.");
    }
  }

  private static void requireToken(String secret, String token) {
    if (token.equals(secret)
        || WHOLE_VENDOR_ID.matcher(token).matches()
        || (token.length() <= MAX_KEY_LENGTH
            && !token.startsWith("CAIS")
            && looksLikeSecret(token))) {
      throw new IllegalArgumentException(
          "The security token looks like an AccessKey id or secret. Write the token that STS"
              + " returned with the AccessKey, and replace the secret if it was published.");
    }
  }

  /** The vendor's secrets have at least 30 characters: letters of both cases and digits. */
  private static boolean looksLikeSecret(String text) {
    return text.length() >= SECRET_LENGTH
        && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "+/=".indexOf(c) >= 0)
        && text.chars().anyMatch(Character::isUpperCase)
        && text.chars().anyMatch(Character::isLowerCase)
        && text.chars().anyMatch(Character::isDigit);
  }
}
