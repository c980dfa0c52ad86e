package io.osspost.emulator.internal.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.json.JsonTree;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The claims of an OIDC token that STS returns, if the token is a JWT; empty otherwise. */
final class JwtClaims {
  private static final Map<String, String> MEMBERS =
      Map.of("sub", "Subject", "iss", "Issuer", "aud", "ClientIds");

  private JwtClaims() {}

  static Map<String, Object> of(String token) {
    Map<String, Object> claims = new LinkedHashMap<>();
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return claims;
    }
    try {
      String payload = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
      for (Map.Entry<String, Object> claim : JsonTree.members(payload).entrySet()) {
        String member = MEMBERS.get(claim.getKey());
        if (member != null && claim.getValue() instanceof String text) {
          claims.put(member, text);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      claims.clear();
    }
    return claims;
  }
}
