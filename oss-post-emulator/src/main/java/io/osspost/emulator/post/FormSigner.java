package io.osspost.emulator.post;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.auth.AccessKey;
import io.osspost.emulator.auth.AccessKeys;
import io.osspost.emulator.auth.CredentialScope;
import io.osspost.emulator.auth.PostSignature;
import io.osspost.emulator.http.OssError;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Finds out who signed a form: V4, or V1 when the form names no version. A form is a signer's only
 * if key, security token and signature hold.
 *
 * <p>Source: OSS documentation "PostObject" and "POST V4 signature".
 */
final class FormSigner {
  private static final String V4 = "OSS4-HMAC-SHA256";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);

  /** The fields a V4 policy has to cover, token aside. */
  static final List<String> PINNED_BY_V4 =
      List.of("x-oss-signature-version", "x-oss-credential", "x-oss-date");

  private final AccessKeys keys;
  private final String region;
  private final PostRules rules;

  FormSigner(AccessKeys keys, String region, PostRules rules) {
    this.keys = keys;
    this.region = region;
    this.rules = rules;
  }

  /** A form's signature fields, read and in good shape, but not yet believed. */
  interface Claim {
    boolean isV4();

    /** Compares the signature with our own. */
    void verify(Instant now);
  }

  /** Reads the fields a signature needs; the first one that is missing is refused. */
  Claim claim(PostForm form) {
    Optional<String> version = form.field("x-oss-signature-version");
    if (version.isEmpty()) {
      return v1(form);
    }
    if (!version.get().equals(V4)) {
      throw OssError.invalidArgument(
              "The specified x-oss-signature-version is not supported.",
              "x-oss-signature-version",
              version.get())
          .ec("0002-00000701")
          .because(
              "x-oss-signature-version is '"
                  + version.get()
                  + "'; it must be "
                  + V4
                  + ", or absent for V1");
    }
    return v4(form);
  }

  private Claim v1(PostForm form) {
    String keyId = form.required("OSSAccessKeyId", "0002-00000706");
    if (keyId.isEmpty()) {
      throw OssError.invalidArgument("Post request accessKeyId is empty.", "OSSAccessKeyId", "")
          .ec("0002-00000707")
          .because("the field OSSAccessKeyId is empty");
    }
    String policy = form.required("policy", "0002-00000702");
    String signature = signature(form, "Signature");
    return new Claim() {
      @Override
      public boolean isV4() {
        return false;
      }

      @Override
      public void verify(Instant now) {
        AccessKey key = key(keyId, form, now);
        compare(key, signature, PostSignature.v1(key.secret(), policy), policy);
      }
    };
  }

  private Claim v4(PostForm form) {
    String policy = form.required("policy", "0002-00000702");
    String signature = signature(form, "x-oss-signature");
    String credential = form.required("x-oss-credential", "0002-00000708");
    String date = form.required("x-oss-date", null);
    return new Claim() {
      @Override
      public boolean isV4() {
        return true;
      }

      @Override
      public void verify(Instant now) {
        String[] parts = credential.split("/", -1);
        CredentialScope scope = scope(parts, credential);
        checkDate(date, scope, now);
        AccessKey key = key(parts[0], form, now);
        compare(key, signature, PostSignature.v4(key.secret(), scope, policy), policy);
      }
    };
  }

  private static String signature(PostForm form, String field) {
    String signature = form.required(field, "0002-00000703");
    if (signature.isEmpty()) {
      throw OssError.invalidArgument("Post request signature is empty.", field, "")
          .ec("0002-00000704")
          .because("the field " + field + " is empty");
    }
    return signature;
  }

  /** Takes {@code <key id>/<day>/<region>/oss/aliyun_v4_request} apart. */
  private CredentialScope scope(String[] parts, String credential) {
    if (!parts[parts.length - 1].equals(CredentialScope.TERMINATOR)) {
      throw credential(
          credential, "does not end in " + CredentialScope.TERMINATOR, "0002-00000710");
    }
    if (parts.length != 5 || !parts[3].equals(CredentialScope.SERVICE)) {
      throw credential(
          credential, "is not <key id>/<day>/<region>/oss/aliyun_v4_request", "0002-00000710");
    }
    if (parts[0].isEmpty()) {
      throw credential(credential, "has no AccessKey ID", "0002-00000708");
    }
    try {
      DAY.parse(parts[1]);
    } catch (DateTimeParseException e) {
      throw credential(credential, "has no day of the form yyyyMMdd", "0002-00000709");
    }
    if (!parts[2].equals(region)) {
      throw credential(
          credential,
          "names region '" + parts[2] + "', but the bucket is in '" + region + "'",
          "0002-00000226");
    }
    return new CredentialScope(parts[1], parts[2]);
  }

  private static RuntimeException credential(String credential, String fault, String ec) {
    return OssError.invalidArgument(
            "The specified x-oss-credential " + fault + ".", "x-oss-credential", credential)
        .ec(ec)
        .because("x-oss-credential " + fault);
  }

  private void checkDate(String date, CredentialScope scope, Instant now) {
    Instant signed;
    try {
      signed = TIME.parse(date, Instant::from);
    } catch (DateTimeParseException e) {
      throw OssError.invalidArgument(
              "The specified x-oss-date is not of the form yyyyMMdd'T'HHmmss'Z'.",
              "x-oss-date",
              date)
          .because("x-oss-date '" + date + "' is not of the form 20300101T000000Z");
    }
    if (!date.startsWith(scope.date())) {
      throw OssError.invalidArgument(
              "The day of x-oss-credential is not the day of x-oss-date.", "x-oss-date", date)
          .ec("0002-00000709")
          .because(
              "x-oss-date is "
                  + date
                  + ", but x-oss-credential is for "
                  + scope.date()
                  + ": the clock was read twice around midnight, or not in UTC");
    }
    Duration ahead = Duration.between(now, signed);
    if (ahead.compareTo(rules.clockSkew()) > 0) {
      throw OssError.of(
              403,
              "RequestTimeTooSkewed",
              "The difference between the request time and the current time is too large.")
          .member("RequestTime", signed.toString())
          .member("ServerTime", now.toString())
          .member("MaxAllowedSkewMilliseconds", Long.toString(rules.clockSkew().toMillis()))
          .ec("0002-00000709")
          .because(
              "x-oss-date is "
                  + ahead
                  + " ahead of this clock ("
                  + now
                  + "); "
                  + rules.clockSkew()
                  + " is tolerated");
    }
    if (ahead.negated().compareTo(rules.signatureLife()) > 0) {
      throw PostErrors.accessDenied("Request has expired.")
          .member("Expires", signed.plus(rules.signatureLife()).toString())
          .member("ServerTime", now.toString())
          .ec("0002-00000709")
          .because(
              "x-oss-date is "
                  + ahead.negated()
                  + " old (now "
                  + now
                  + "); a signature lives "
                  + rules.signatureLife());
    }
  }

  /** The key {@code id} names, if the form may use it: with its own, living security token. */
  private AccessKey key(String id, PostForm form, Instant now) {
    AccessKey key =
        keys.find(id)
            .orElseThrow(
                () ->
                    OssError.of(
                            403,
                            "InvalidAccessKeyId",
                            "The OSS Access Key Id you provided does not exist in our records.")
                        .member("OSSAccessKeyId", id)
                        .ec("0002-00000902")
                        .because("the AccessKey ID '" + id + "' is unknown; known: " + keys));
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

  private static void compare(AccessKey key, String sent, String computed, String policy) {
    if (MessageDigest.isEqual(sent.getBytes(UTF_8), computed.getBytes(UTF_8))) {
      return;
    }
    throw OssError.of(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check"
                + " your key and signing method.")
        .member("OSSAccessKeyId", key.id())
        .member("SignatureProvided", sent)
        .member("StringToSign", policy)
        .member(
            "StringToSignBytes",
            HexFormat.ofDelimiter(" ").withUpperCase().formatHex(policy.getBytes(UTF_8)))
        .ec("0002-00000040")
        .because(
            "the signature is not the one key '"
                + key.id()
                + "' gives for this policy: another"
                + " secret, or the policy was changed after it was signed");
  }
}
