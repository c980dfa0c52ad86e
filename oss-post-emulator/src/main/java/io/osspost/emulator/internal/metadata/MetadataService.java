package io.osspost.emulator.internal.metadata;

import static java.lang.System.Logger.Level.INFO;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.auth.AccessKey;
import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.http.HttpHandler;
import io.osspost.emulator.internal.http.HttpRequest;
import java.util.Optional;

/**
 * The metadata service of an instance, limited to its role: the role's name, and valid keys. The
 * newer mode requires a token, which any program on the instance can request. Thread-safe.
 *
 * <p>Source: ECS documentation "View instance metadata" and "Obtain a temporary authorization
 * token". Statuses of refusals are not documented; 404 is known from the vendor's client.
 */
public final class MetadataService implements HttpHandler {
  private static final System.Logger LOG = System.getLogger("io.osspost.emulator");
  private static final String TOKEN = "/latest/api/token";
  private static final String ROLES = "/latest/meta-data/ram/security-credentials/";

  private final String role;
  private final InstanceKeys keys;
  private final MetadataTokens tokens;
  private final boolean hardened;

  /**
   * Creates the service.
   *
   * @param role the name of the instance's role, without account
   * @param hardened whether requests without a token are rejected
   */
  public MetadataService(String role, InstanceKeys keys, MetadataTokens tokens, boolean hardened) {
    this.role = role;
    this.keys = keys;
    this.tokens = tokens;
    this.hardened = hardened;
  }

  @Override
  public HttpAnswer answer(HttpRequest request) {
    String path = request.rawPath();
    if (path.equals(TOKEN)) {
      return request.method().equals("PUT")
          ? token(request)
          : refused(request, 405, "a token is requested by PUT");
    }
    if (!request.method().equals("GET")) {
      return refused(request, 405, "metadata is read by GET");
    }
    Optional<String> token = request.header(MetadataTokens.HEADER);
    if (token.isPresent() ? !tokens.isAlive(token.get()) : hardened) {
      return refused(
          request,
          403,
          token.isPresent() ? "the token is unknown or expired" : "a token is required");
    }
    if (path.equals(ROLES) || path.equals(ROLES.substring(0, ROLES.length() - 1))) {
      return text(200, role);
    }
    return path.equals(ROLES + role)
        ? HttpAnswer.of(200, "application/json", json(keys.current()).getBytes(UTF_8))
        : refused(request, 404, "the only metadata is that of the role '" + role + "'");
  }

  private HttpAnswer token(HttpRequest request) {
    if (request.header("X-Forwarded-For").isPresent()) {
      return refused(request, 403, "a proxy forwarded it: it has the header X-Forwarded-For");
    }
    Optional<String> token = tokens.issue(request.header(MetadataTokens.LIFE).orElse(""));
    return token.isPresent()
        ? text(200, token.get())
        : refused(request, 400, "the header " + MetadataTokens.LIFE + " is not 1 to 21600");
  }

  private static String json(InstanceKeys.Issued issued) {
    AccessKey key = issued.key();
    AccessKey.SecurityToken token = key.token().orElseThrow();
    return "{\n"
        + member("AccessKeyId", key.id())
        + member("AccessKeySecret", key.secret())
        + member("Expiration", token.expiry().toString())
        + member("SecurityToken", token.text())
        + member("LastUpdated", issued.at().toString())
        + "  \"Code\" : \"Success\"\n}";
  }

  /** None of the values contains a character that JSON would escape. */
  private static String member(String name, String value) {
    return "  \"" + name + "\" : \"" + value + "\",\n";
  }

  private static HttpAnswer refused(HttpRequest request, int status, String why) {
    LOG.log(INFO, () -> "Metadata " + request + " refused, " + status + ": " + why);
    return text(status, "The metadata service rejects this request: " + why + ".\n");
  }

  private static HttpAnswer text(int status, String text) {
    return HttpAnswer.of(status, "text/plain", text.getBytes(UTF_8));
  }
}
