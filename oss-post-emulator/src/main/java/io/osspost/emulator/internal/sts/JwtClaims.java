package io.osspost.emulator.internal.sts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What STS tells of an OIDC token, if that is a JWT; of others, nothing. */
final class JwtClaims {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Map<String, String> MEMBERS =
      Map.of("sub", "Subject", "iss", "Issuer", "aud", "ClientIds");

  private JwtClaims() {}

  static Map<String, Object> of(String token) {
    Map<String, Object> told = new LinkedHashMap<>();
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return told;
    }
    try (JsonParser parser = JSON.createParser(Base64.getUrlDecoder().decode(parts[1]))) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String member = MEMBERS.get(parser.currentName());
          if (parser.nextToken() == JsonToken.VALUE_STRING && member != null) {
            told.put(member, parser.getText());
          }
          parser.skipChildren();
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      told.clear();
    }
    return told;
  }
}
