package io.osspost.emulator.internal.auth;

import io.osspost.emulator.internal.auth.KnownSigners.TokenPlace;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRefusedException;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.rules.EmulatorRule;
import io.osspost.emulator.rules.EmulatorRules;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads V4 signatures of requests, from the header {@code Authorization} or from the query.
 *
 * <p>Most causes and EC numbers are documented. Undocumented statuses and codes are this emulator's
 * choice.
 */
final class V4Request {
  static final String SCHEME = "OSS4-HMAC-SHA256";
  private static final String LENGTH = "content-length";
  private static final long LONGEST_LIFE = Duration.ofDays(7).toSeconds();

  private final String region;
  private final EmulatorRules rules;

  V4Request(String region, EmulatorRules rules) {
    this.region = region;
    this.rules = rules;
  }

  /** Reads {@code OSS4-HMAC-SHA256 Credential=...,AdditionalHeaders=...,Signature=...}. */
  ReceivedSignature inHeader(OssRequest request, String authorization) {
    Map<String, String> items = items(authorization.substring(SCHEME.length()));
    String credential = items.get("Credential");
    String signature = items.get("Signature");
    if (credential == null || signature == null || signature.isEmpty()) {
      throw badItems("it has no Credential or no Signature");
    }
    String payload = request.header("x-oss-content-sha256").orElse("");
    if (!payload.equals(CanonicalRequest.PAYLOAD)) {
      throw OssError.invalidArgument(
              "The specified x-oss-content-sha256 is invalid.", "x-oss-content-sha256", payload)
          .ec("0002-00000214")
          .because("x-oss-content-sha256 is '" + payload + "'; it must be UNSIGNED-PAYLOAD");
    }
    CredentialScope scope = scope(credential, Fault.IN_HEADER);
    Instant signed =
        request.header("x-oss-date").isPresent()
            ? RequestTime.isoBasic(RequestTime.dateHeader(request))
            : RequestTime.httpDate(RequestTime.dateHeader(request));
    String date = RequestTime.isoBasic(signed);
    checkDay(scope, date, Fault.IN_HEADER);
    String listed = items.get("AdditionalHeaders");
    SortedSet<String> additional =
        listed == null ? new TreeSet<>() : additional(request, listed, Fault.IN_HEADER);
    String canonicalRequest = canonicalRequest(request, additional);
    return new ReceivedSignature(
        TokenPlace.HEADER,
        keyId(credential),
        request.header("x-oss-security-token"),
        now -> RequestTime.checkSkew(signed, now),
        signature,
        (secret, text) -> Signatures.v4(secret, scope, text),
        CanonicalRequest.stringToSign(date, scope, canonicalRequest),
        Optional.of(canonicalRequest));
  }

  /** Reads the parameters {@code x-oss-...} of a presigned URL. */
  ReceivedSignature inUrl(OssRequest request) {
    String version = request.query("x-oss-signature-version").orElse("");
    if (!version.equals(SCHEME)) {
      throw OssError.invalidArgument(
              "The specified x-oss-signature-version is not supported.",
              "x-oss-signature-version",
              version)
          .because("x-oss-signature-version is '" + version + "'; it must be " + SCHEME);
    }
    String credential = request.query("x-oss-credential").orElse("");
    CredentialScope scope = scope(credential, Fault.IN_URL);
    String date = request.query("x-oss-date").orElse("");
    if (date.isEmpty()) {
      throw RequestTime.missing().because("the URL has no x-oss-date");
    }
    Instant signed = RequestTime.isoBasic(date);
    checkDay(scope, date, Fault.IN_URL);
    Instant expires = signed.plusSeconds(life(request));
    String signature = request.query("x-oss-signature").orElse("");
    if (signature.isEmpty()) {
      throw OssError.of(
              403, "AccessDenied", "Query string authentication requires x-oss-signature.")
          .because("the URL has no x-oss-signature, or an empty one");
    }
    Optional<String> listed = request.query("x-oss-additional-headers");
    SortedSet<String> additional =
        listed.isEmpty() ? new TreeSet<>() : additional(request, listed.get(), Fault.IN_URL);
    String canonicalRequest = canonicalRequest(request, additional);
    return new ReceivedSignature(
        TokenPlace.URL,
        keyId(credential),
        request.query("x-oss-security-token"),
        now -> {
          RequestTime.checkNotAhead(signed, now);
          RequestTime.checkExpiry(expires, now);
        },
        signature,
        (secret, text) -> Signatures.v4(secret, scope, text),
        CanonicalRequest.stringToSign(date, scope, canonicalRequest),
        Optional.of(canonicalRequest));
  }

  /** The place of a fault, and OSS's numbers for it. */
  private enum Fault {
    IN_HEADER("Authorization header", "0002-00000213", "0002-00000209", "0002-00000211"),
    IN_URL("x-oss-credential", "0002-00000224", "0002-00000076", "0002-00000078");

    private final String place;
    private final String shape;
    private final String emptyAdditional;
    private final String absentAdditional;

    Fault(String place, String shape, String emptyAdditional, String absentAdditional) {
      this.place = place;
      this.shape = shape;
      this.emptyAdditional = emptyAdditional;
      this.absentAdditional = absentAdditional;
    }
  }

  private CredentialScope scope(String credential, Fault fault) {
    String[] parts = credential.split("/", -1);
    if (parts.length != 5 || parts[0].isEmpty() || !parts[4].equals(CredentialScope.TERMINATOR)) {
      throw OssError.invalidArgument(
              "Invalid credential in " + fault.place + ".", fault.place, credential)
          .ec(fault.shape)
          .because(
              "the credential '"
                  + credential
                  + "' is not <key id>/<day>/<region>/oss/"
                  + CredentialScope.TERMINATOR);
    }
    try {
      DateTimeFormatter.BASIC_ISO_DATE.parse(parts[1]);
    } catch (DateTimeException e) {
      throw signingFault("date", fault, credential)
          .ec("0002-00000223")
          .because("the credential's day is '" + parts[1] + "', not of the form yyyyMMdd");
    }
    if (!parts[2].equals(region)) {
      throw signingFault("region", fault, credential)
          .ec("0002-00000226")
          .because(
              "the credential names region '"
                  + parts[2]
                  + "', but the bucket is in '"
                  + region
                  + "'");
    }
    if (!parts[3].equals(CredentialScope.SERVICE)) {
      throw signingFault("product", fault, credential)
          .ec("0002-00000227")
          .because("the credential names product '" + parts[3] + "', not 'oss'");
    }
    return new CredentialScope(parts[1], parts[2]);
  }

  private static void checkDay(CredentialScope scope, String date, Fault fault) {
    if (!date.startsWith(scope.date())) {
      throw signingFault("date", fault, scope.toString())
          .because(
              "the request is dated "
                  + date
                  + ", but the credential is for "
                  + scope.date()
                  + ": the clock was read twice around midnight, or not in UTC");
    }
  }

  private static OssError signingFault(String what, Fault fault, String value) {
    return OssError.invalidArgument(
        "Invalid signing " + what + " in " + fault.place + ".", fault.place, value);
  }

  private static String keyId(String credential) {
    return credential.substring(0, credential.indexOf('/'));
  }

  /** Returns the lifetime of a URL in seconds. */
  private static long life(OssRequest request) {
    Optional<String> expires = request.query("x-oss-expires").filter(text -> !text.isEmpty());
    if (expires.isEmpty()) {
      throw OssError.of(403, "AccessDenied", "Query string authentication requires x-oss-expires.")
          .ec("0002-00000215")
          .because("the URL has no x-oss-expires");
    }
    String text = expires.get();
    if (text.matches("[0-9]{1,9}")) {
      long seconds = Long.parseLong(text);
      if (seconds >= 1 && seconds <= LONGEST_LIFE) {
        return seconds;
      }
    }
    throw OssError.of(403, "AccessDenied", "x-oss-expires must be between 1 and 604800 seconds.")
        .ec("0002-00000232")
        .because("x-oss-expires is '" + text + "', not 1 to 604800 seconds");
  }

  private String canonicalRequest(OssRequest request, SortedSet<String> additional) {
    SortedSet<String> written = new TreeSet<>(additional);
    if (rules.has(EmulatorRule.SIGNED_CONTENT_LENGTH_IGNORED) && written.remove(LENGTH)) {
      request.note(
          "the canonical request has no " + LENGTH + " (rule signed-content-length=ignored)");
    }
    return CanonicalRequest.of(request, additional, written);
  }

  private static SortedSet<String> additional(OssRequest request, String listed, Fault fault) {
    if (listed.isEmpty()) {
      throw additional("", fault.emptyAdditional)
          .because("the list of additional headers is empty");
    }
    SortedMap<String, String> headers = request.headers();
    SortedSet<String> names = new TreeSet<>();
    for (String name : listed.split(";", -1)) {
      if (name.isBlank()) {
        throw additional(listed, fault == Fault.IN_URL ? "0002-00000077" : "0002-00000210")
            .because("the list of additional headers '" + listed + "' has an empty item");
      }
      if (name.contains("_") || !headers.containsKey(name)) {
        throw additional(listed, fault.absentAdditional)
            .because("the additional header '" + name + "' is not sent, or not in lower case");
      }
      if (!CanonicalRequest.isAlwaysSigned(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private static OssError additional(String listed, String ec) {
    return OssError.invalidArgument(
            "The specified additional headers are invalid.", "AdditionalHeaders", listed)
        .ec(ec);
  }

  private static Map<String, String> items(String text) {
    Map<String, String> items = new LinkedHashMap<>();
    for (String item : text.split(",", -1)) {
      int equals = item.indexOf('=');
      String name = equals < 0 ? item.trim() : item.substring(0, equals).trim();
      if (!Set.of("Credential", "AdditionalHeaders", "Signature").contains(name)) {
        throw OssError.invalidArgument(
                "Unknown parameter in Authorization header.", "Authorization", name)
            .because("the Authorization header has an unknown item; the response names it");
      }
      if (equals < 0 || items.putIfAbsent(name, item.substring(equals + 1).trim()) != null) {
        throw badItems("its item '" + name + "' has no value, or two");
      }
    }
    return items;
  }

  private static OssRefusedException badItems(String why) {
    return OssError.invalidArgument(
            "Authorization header is invalid, bad num of Items in Authorization header.",
            "Authorization",
            "")
        .because("the Authorization header is malformed: " + why);
  }
}
