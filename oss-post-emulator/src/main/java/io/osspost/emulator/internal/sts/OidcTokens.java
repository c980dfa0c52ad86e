package io.osspost.emulator.internal.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.auth.AccessKey;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/**
 * AssumeRoleWithOIDC: a token of a trusted identity provider is enough to assume a role, without a
 * key. The emulator has no provider that could verify a token, so it trusts exactly the configured
 * tokens.
 *
 * <p>Source: STS documentation "AssumeRoleWithOIDC".
 */
public final class OidcTokens {
  /** The pattern of a provider's ARN. */
  public static final String PROVIDER = "acs:ram::\\d{1,32}:oidc-provider/[A-Za-z0-9._-]{1,128}";

  private static final int SHORTEST = 4;
  private static final int LONGEST = 20_000;

  /** The token of each provider, by its ARN. */
  private final Map<String, String> tokens;

  OidcTokens(Map<String, String> tokens) {
    this.tokens = Map.copyOf(tokens);
  }

  /** Returns the response to a call with a trusted token. */
  Map<String, Object> assumeRole(StsCall call, Roles roles, Sessions sessions)
      throws StsRefusedException {
    String provider = call.required("OIDCProviderArn");
    String token = call.required("OIDCToken");
    SessionRequest request = SessionRequest.read(call, roles.longestSession());
    check(provider, token);
    AccessKey key = request.open(roles, sessions);
    Map<String, Object> answer = StsAnswers.session(request, key);
    answer.put("OIDCTokenInfo", JwtClaims.of(token));
    return answer;
  }

  private void check(String provider, String token) throws StsRefusedException {
    if (!provider.matches(PROVIDER)) {
      throw StsRefusedException.wronglyFormed(
          "OIDCProviderArn", "it is not of the form acs:ram::<account>:oidc-provider/<name>");
    }
    if (token.length() < SHORTEST || token.length() > LONGEST) {
      throw StsRefusedException.wronglyFormed(
          "OIDCToken", "the OIDC token has " + token.length() + " characters, not 4 to 20000");
    }
    Optional<String> trusted = Optional.ofNullable(tokens.get(provider));
    if (trusted.isEmpty()) {
      throw new StsRefusedException(
          404,
          "EntityNotExist.OIDCProvider",
          "The specified OIDC provider does not exist.",
          "there is no provider '" + provider + "'; known: " + tokens.keySet());
    }
    if (!MessageDigest.isEqual(trusted.get().getBytes(UTF_8), token.getBytes(UTF_8))) {
      throw new StsRefusedException(
          400,
          "AuthenticationFail.OIDCToken.Invalid",
          "The specified OIDC token is invalid.",
          "the OIDC token is not the one this emulator trusts for '" + provider + "'");
    }
  }
}
