package io.osspost;

import io.osspost.credentials.OssCredentials;
import io.osspost.sign.SignatureVersion;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The format of the response with a form. It determines which page can use the form, which fields
 * that page sends, and which signature the form has.
 */
public enum PostFormat {
  /**
   * For pages that send the fields of the response, such as the browser module's. Every field is
   * pinned.
   */
  FORM(null, Token.EITHER, true),

  /** For the page of Alibaba's V4 tutorial, which always sends a security token. */
  V4(SignatureVersion.V4, Token.ALWAYS, false),

  /** For the pages of the V1 tutorials, which never send a security token. */
  V1(SignatureVersion.V1, Token.NEVER, false),

  /** For older pages, such as those built on plupload, which never send a security token. */
  LEGACY(SignatureVersion.V1, Token.NEVER, true),

  /**
   * For the mini program of Alibaba's WeChat tutorial, which sends a security token if there is
   * one, and no status.
   */
  WECHAT(SignatureVersion.V1, Token.EITHER, false);

  /** Whether a page sends a security token. */
  private enum Token {
    EITHER,
    ALWAYS,
    NEVER
  }

  private final @Nullable SignatureVersion signatureVersion;
  private final Token token;
  private final boolean carriesTicket;

  PostFormat(@Nullable SignatureVersion signatureVersion, Token token, boolean carriesTicket) {
    this.signatureVersion = signatureVersion;
    this.token = token;
    this.carriesTicket = carriesTicket;
  }

  /**
   * {@return the format as requests and settings name it: {@code form}, {@code v4}, {@code v1},
   * {@code legacy}, {@code wechat}}
   */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the format with that code; empty if there is none}
   *
   * @param code a name in lower case, as {@link #code} returns it
   */
  public static Optional<PostFormat> of(String code) {
    for (PostFormat format : values()) {
      if (format.code().equals(code)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the signature version that the page is written for; {@code configured} if it accepts
   * both.
   */
  SignatureVersion signatureVersion(SignatureVersion configured) {
    return signatureVersion == null ? configured : signatureVersion;
  }

  /** Returns whether the response contains a ticket, and the callback if there is one. */
  boolean carriesTicket() {
    return carriesTicket;
  }

  /**
   * Returns the problem if {@code credentials} do not match the fields that the page sends; OSS
   * would reject the form. Empty if they match.
   */
  Optional<String> mismatch(OssCredentials credentials) {
    boolean present = credentials.securityToken().isPresent();
    if (token == Token.ALWAYS && !present) {
      return mismatch("always sends a security token, but a long-term key signs.");
    }
    if (token == Token.NEVER && present) {
      return mismatch("sends no security token, but temporary credentials sign.");
    }
    return Optional.empty();
  }

  private Optional<String> mismatch(String fact) {
    return Optional.of("A page of format " + code() + " " + fact);
  }

  /** Returns the fix for such a problem. */
  String mismatchFix() {
    return "Make the page request format=form, or sign with "
        + (token == Token.ALWAYS ? "temporary credentials." : "a long-term key.");
  }
}
