package io.osspost.emulator.internal.post;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.auth.AccessKey;
import io.osspost.emulator.internal.auth.AccessKeys;
import io.osspost.emulator.internal.auth.CredentialScope;
import io.osspost.emulator.internal.auth.Signatures;
import io.osspost.emulator.internal.auth.SigningMistake;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Finds the mistake that led to a wrong form signature: tries common mistakes, one after the other.
 */
final class FormMistakes {
  private final AccessKeys keys;

  FormMistakes(AccessKeys keys) {
    this.keys = keys;
  }

  String inV4(AccessKey key, CredentialScope scope, String policy, String sent) {
    String secret = key.secret();
    List<SigningMistake> mistakes = new ArrayList<>();
    String right = Signatures.v4(secret, scope, policy);
    mistakes.add(
        new SigningMistake(
            "the signature is right, but in upper case",
            policy,
            () -> right.toUpperCase(Locale.ROOT)));
    mistakes.add(
        new SigningMistake(
            "the signature is right, but in Base64 instead of hex",
            policy,
            () -> Base64.getEncoder().encodeToString(HexFormat.of().parseHex(right))));
    mistakes.add(
        new SigningMistake(
            "this is a V1 signature in the field of V4",
            policy,
            () -> Signatures.v1(secret, policy)));
    for (CredentialScope other : similarScopes(scope)) {
      mistakes.add(
          new SigningMistake(
              "the signing key is for " + other + ", the credential for " + scope,
              policy,
              () -> Signatures.v4(secret, other, policy)));
    }
    return explain(key, policy, sent, mistakes, (other, text) -> Signatures.v4(other, scope, text));
  }

  String inV1(AccessKey key, String policy, String sent) {
    return explain(key, policy, sent, new ArrayList<>(), Signatures::v1);
  }

  private interface Signing {
    String sign(String secret, String text);
  }

  private String explain(
      AccessKey key, String policy, String sent, List<SigningMistake> mistakes, Signing signing) {
    keys.all()
        .forEach(
            other ->
                mistakes.add(
                    new SigningMistake(
                        "the secret is that of key '" + other.id() + "', not of '" + key.id() + "'",
                        policy,
                        () -> signing.sign(other.secret(), policy))));
    for (String blank : List.of(" ", "\n", "\r\n")) {
      mistakes.add(
          new SigningMistake(
              "the form was signed with white space after the secret",
              policy,
              () -> signing.sign(key.secret() + blank, policy)));
    }
    Stream<SigningMistake> inText =
        otherTexts(policy)
            .map(
                text ->
                    new SigningMistake(
                        "the signed text is not the policy field, byte for byte",
                        text,
                        () -> signing.sign(key.secret(), text)));
    return SigningMistake.firstMatching(sent, policy, Stream.concat(mistakes.stream(), inText))
        .orElse(
            "the signature is not the one that key '"
                + key.id()
                + "' makes for this policy: another secret signed it, or the policy was"
                + " changed after signing");
  }

  /** Returns other texts that the client may have signed: the JSON, or other forms of Base64. */
  private static Stream<String> otherTexts(String policy) {
    byte[] json = Base64.getDecoder().decode(policy);
    return Stream.of(
        new String(json, UTF_8),
        policy.replace("=", ""),
        Base64.getUrlEncoder().encodeToString(json),
        Base64.getUrlEncoder().withoutPadding().encodeToString(json),
        Base64.getMimeEncoder().encodeToString(json),
        Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(json),
        policy + "\n",
        Base64.getEncoder().encodeToString(policy.getBytes(UTF_8)));
  }

  private static List<CredentialScope> similarScopes(CredentialScope scope) {
    LocalDate day = LocalDate.parse(scope.date(), DateTimeFormatter.BASIC_ISO_DATE);
    return List.of(
        new CredentialScope(
            day.minusDays(1).format(DateTimeFormatter.BASIC_ISO_DATE), scope.region()),
        new CredentialScope(
            day.plusDays(1).format(DateTimeFormatter.BASIC_ISO_DATE), scope.region()),
        new CredentialScope(scope.date(), "oss-" + scope.region()));
  }
}
