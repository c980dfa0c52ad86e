package io.osspost.emulator.internal.post;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.auth.AccessKey;
import io.osspost.emulator.internal.auth.AccessKeys;
import io.osspost.emulator.internal.auth.CredentialScope;
import io.osspost.emulator.internal.auth.KnownSigners;
import io.osspost.emulator.internal.auth.KnownSigners.TokenPlace;
import io.osspost.emulator.internal.auth.Signatures;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.rules.EmulatorRules;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Verifies the signature of a form: V4, or V1 if the form names no version. AccessKey, security
 * token and signature must all be valid.
 *
 * <p>Source: OSS documentation "PostObject" and "POST V4 signature".
 */
final class FormSignatureVerifier {
  private static final String V4 = "OSS4-HMAC-SHA256";

  /** The fields that need a condition in a V4 policy. The security token is checked separately. */
  static final List<String> PINNED_BY_V4 =
      List.of("x-oss-signature-version", "x-oss-credential", "x-oss-date");

  private final KnownSigners signers;
  private final FormMistakes mistakes;
  private final V4Scope v4Scope;

  FormSignatureVerifier(AccessKeys keys, String region, EmulatorRules rules) {
    this.signers = new KnownSigners(keys);
    this.mistakes = new FormMistakes(keys);
    this.v4Scope = new V4Scope(region, rules);
  }

  /** The signature fields of a form. Only their format has been checked. */
  interface SignatureFields {
    boolean isV4();

    /** Checks AccessKey, token and signature; returns the AccessKey. */
    AccessKey verify(Instant now);
  }

  /** Reads the signature fields. Rejects the form if one is missing. */
  SignatureFields signatureFields(PostForm form) {
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

  private SignatureFields v1(PostForm form) {
    String keyId = form.required("OSSAccessKeyId", "0002-00000706");
    if (keyId.isEmpty()) {
      throw OssError.invalidArgument("Post request accessKeyId is empty.", "OSSAccessKeyId", "")
          .ec("0002-00000707")
          .because("the field OSSAccessKeyId is empty");
    }
    String policy = form.required("policy", "0002-00000702");
    String signature = signature(form, "Signature");
    return new SignatureFields() {
      @Override
      public boolean isV4() {
        return false;
      }

      @Override
      public AccessKey verify(Instant now) {
        AccessKey key = find(keyId, form, now);
        if (!areEqual(signature, Signatures.v1(key.secret(), policy))) {
          throw mismatch(key, signature, policy).because(mistakes.inV1(key, policy, signature));
        }
        return key;
      }
    };
  }

  private SignatureFields v4(PostForm form) {
    String policy = form.required("policy", "0002-00000702");
    String signature = signature(form, "x-oss-signature");
    String credential = form.required("x-oss-credential", "0002-00000708");
    String date = form.required("x-oss-date", null);
    return new SignatureFields() {
      @Override
      public boolean isV4() {
        return true;
      }

      @Override
      public AccessKey verify(Instant now) {
        CredentialScope scope = v4Scope.check(credential, date, now);
        AccessKey key = find(V4Scope.keyId(credential), form, now);
        if (!areEqual(signature, Signatures.v4(key.secret(), scope, policy))) {
          throw mismatch(key, signature, policy)
              .because(mistakes.inV4(key, scope, policy, signature));
        }
        return key;
      }
    };
  }

  private AccessKey find(String id, PostForm form, Instant now) {
    return signers.find(id, form.field("x-oss-security-token"), TokenPlace.FORM, now);
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

  private static boolean areEqual(String sent, String computed) {
    return MessageDigest.isEqual(sent.getBytes(UTF_8), computed.getBytes(UTF_8));
  }

  private static OssError mismatch(AccessKey key, String sent, String policy) {
    return Signatures.mismatch(key, sent, policy).ec("0002-00000040");
  }
}
