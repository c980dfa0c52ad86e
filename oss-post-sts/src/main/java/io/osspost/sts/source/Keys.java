package io.osspost.sts.source;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import java.util.function.Supplier;

/** Creates credentials from the texts of a source, and names the source if they are invalid. */
public final class Keys {
  private Keys() {}

  /**
   * Returns what a setting of a file means.
   *
   * @param place the subject of the message for an unusable setting, such as a profile
   * @throws CredentialsUnavailableException if {@code value} rejects it
   */
  static <T> T setting(String place, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      // The message of this exception contains no secret.
      throw new CredentialsUnavailableException(place + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns the credentials that {@code keys} creates.
   *
   * @param source the subject of the message for unusable keys, such as names of variables
   * @throws CredentialsUnavailableException if the keys are swapped, a placeholder or malformed
   */
  public static OssCredentials of(String source, Supplier<OssCredentials> keys) {
    try {
      return keys.get();
    } catch (IllegalArgumentException e) {
      // The message of this exception contains no secret.
      throw new CredentialsUnavailableException(
          source + " returned invalid credentials. " + e.getMessage(), e);
    }
  }
}
