package io.osspost.emulator.post;

import io.osspost.emulator.auth.AccessKey;
import io.osspost.emulator.auth.AccessKeys;
import io.osspost.emulator.http.OssError;
import java.time.Instant;
import java.util.Optional;

/** Looks up the key a form says it was signed with, and checks the security token beside it. */
final class KnownSigners {
  private final AccessKeys keys;

  KnownSigners(AccessKeys keys) {
    this.keys = keys;
  }

  /** The key {@code id} names, if the form may use it: with its own, living security token. */
  AccessKey find(String id, PostForm form, Instant now) {
    Optional<AccessKey> found = keys.find(id);
    if (found.isEmpty()) {
      throw OssError.of(
              403,
              "InvalidAccessKeyId",
              "The OSS Access Key Id you provided does not exist in our records.")
          .member("OSSAccessKeyId", id)
          .ec("0002-00000902")
          .because("the AccessKey ID '" + id + "' is unknown; known: " + keys);
    }
    AccessKey key = found.get();
    Optional<String> sent = form.field("x-oss-security-token");
    if (key.token().isPresent() && sent.isEmpty()) {
      throw OssError.of(
              403,
              "InvalidAccessKeyId",
              "The OSS Access Key Id you provided is temporary and needs its security token.")
          .member("OSSAccessKeyId", id)
          .ec("0002-00000003")
          .because("the key '" + id + "' is temporary, but no x-oss-security-token is sent");
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
              .because("x-oss-security-token belongs to another key than '" + id + "'")
          : OssError.of(403, "InvalidSecurityToken", "The security token you provided is invalid.")
              .ec("0002-00000006")
              .because(
                  "x-oss-security-token is not one this emulator knows"
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
}
