package io.osspost.emulator.internal.auth;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRefusedException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the AccessKey of a signature, and checks its security token. */
public final class KnownSigners {
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z._=-]+");

  private final AccessKeys keys;

  public KnownSigners(AccessKeys keys) {
    this.keys = keys;
  }

  AccessKeys keys() {
    return keys;
  }

  /** The place of signature and security token. */
  public enum TokenPlace {
    FORM("the form has no x-oss-security-token"),
    HEADER("the header x-oss-security-token is missing"),
    URL("the URL has no security token");

    private final String missing;

    TokenPlace(String missing) {
      this.missing = missing;
    }
  }

  /**
   * Returns the key with that id, if it is usable: with its own, unexpired security token.
   *
   * @param sent the security token sent with the signature
   */
  public AccessKey find(String id, Optional<String> sent, TokenPlace carrier, Instant now) {
    Optional<AccessKey> found = keys.find(id);
    if (found.isEmpty()) {
      throw unknown(id);
    }
    AccessKey key = found.get();
    if (!key.isEnabled()) {
      throw invalidId("The OSS Access Key Id you provided is disabled.", id)
          .because("the AccessKey '" + id + "' is disabled");
    }
    if (key.token().isPresent() && sent.isEmpty()) {
      throw missingToken(id, carrier)
          .because("the key '" + id + "' is temporary, but " + carrier.missing);
    }
    if (sent.isEmpty()) {
      return key;
    }
    if (key.token().filter(token -> token.text().equals(sent.get())).isEmpty()) {
      throw keys.isKnownToken(sent.get())
          ? OssError.of(
                  403,
                  "AccessKeyIdAndSecurityTokenNotMatch",
                  "The OSS access key id and security token you provided does not match.")
              .ec("0002-00000004")
              .because("the security token is for another key, not for '" + id + "'")
          : OssError.of(403, "InvalidSecurityToken", "The security token you provided is invalid.")
              .ec("0002-00000006")
              .because(
                  "the security token is unknown to this emulator"
                      + (sent.get().equals("undefined") ? ": the page sent 'undefined'" : ""));
    }
    Instant expiry = key.token().get().expiry();
    if (!now.isBefore(expiry)) {
      throw OssError.of(403, "SecurityTokenExpired", "The security token you provided has expired.")
          .ec("0002-00000007")
          .because("the security token of '" + id + "' expired at " + expiry + ", now " + now);
    }
    return key;
  }

  private OssRefusedException unknown(String id) {
    if (!ID.matcher(id).matches()) {
      return invalidId(
              "The OSS Access Key Id contains non-acceptable characters, which accepts only"
                  + " alphanumeric characters[0-9a-zA-Z] and several special characters[. _=]",
              id)
          .because(
              "the AccessKey ID '" + id + "' has invalid characters, such as spaces or quotes");
    }
    return invalidId("The OSS Access Key Id you provided does not exist in our records.", id)
        .ec("0002-00000902")
        .because("the AccessKey ID '" + id + "' is unknown; known: " + keys);
  }

  private static OssError invalidId(String message, String id) {
    return OssError.of(403, "InvalidAccessKeyId", message).member("OSSAccessKeyId", id);
  }

  private static OssError missingToken(String id, TokenPlace carrier) {
    return carrier == TokenPlace.URL
        ? OssError.of(
            400, "InvalidRequest", "Security-token must be provided by query string parameter.")
        : invalidId(
                "The OSS Access Key Id you provided is temporary and needs its security token.", id)
            .ec("0002-00000003");
  }
}
