package io.osspost.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.osspost.profile.UploadRefusedException;
import java.lang.System.Logger;
import java.security.MessageDigest;
import java.security.Principal;
import java.util.Arrays;
import java.util.Optional;

/** The users whom a proxy names in a header, together with a secret. Thread-safe. */
final class HeaderCallers implements CallerSource {
  /** The header in which the proxy sends the secret. */
  static final String SECRET = "X-Oss-Post-Secret";

  private static final Logger LOG = System.getLogger(UploadEndpoints.class.getName());
  private static final String NAME = "[A-Za-z0-9_-]+";

  private final RefusalLog refusals = new RefusalLog(LOG, System::nanoTime, "Caller refused");
  private final String name;
  private final Optional<String> roles;
  private final byte[] secret;

  HeaderCallers(String name, Optional<String> roles, String secret) {
    requireName(name);
    roles.ifPresent(HeaderCallers::requireName);
    if (!secret.matches("[!-~]{32,}")) {
      throw new IllegalArgumentException(
          "The secret of the proxy needs 32 characters or more, of visible ASCII. Create one with"
              + " 'openssl rand -base64 32'.");
    }
    this.name = name;
    this.roles = roles;
    this.secret = secret.getBytes(ISO_8859_1);
  }

  private static void requireName(String header) {
    if (!header.matches(NAME) || header.equalsIgnoreCase(SECRET)) {
      throw new IllegalArgumentException(
          "'" + header + "' cannot name a user. Write it like 'header:X-Forwarded-User'.");
    }
  }

  @Override
  public Optional<Principal> user(WebRequest request) {
    Optional<String> user = request.header(name).map(String::trim).filter(text -> !text.isEmpty());
    if (user.isEmpty()) {
      return Optional.empty();
    }
    if (!isFromProxy(request)) {
      refusals.refused(
          "header:" + name,
          request.header(SECRET).isPresent()
              ? "The secret in " + SECRET + " is not caller-secret. Let the proxy send that secret."
              : "The header " + SECRET + " is missing. Let the proxy send caller-secret in it.");
      throw notAuthenticated();
    }
    return user.map(text -> () -> text);
  }

  /** Returns the refusal of a user whose name is not known for certain. */
  static UploadRefusedException notAuthenticated() {
    return new UploadRefusedException(
        UploadRefusedException.Reason.NOT_AUTHENTICATED,
        "The server does not know the name of the logged-in user.",
        "Log in again. The server's log has the reason.");
  }

  @Override
  public boolean isInRole(WebRequest request, String role) {
    return roles
        .filter(header -> isFromProxy(request))
        .flatMap(request::header)
        .filter(all -> lists(all, role))
        .isPresent();
  }

  /** Compares all bytes, so that the time tells nothing about the secret. */
  private boolean isFromProxy(WebRequest request) {
    return request
        .header(SECRET)
        .filter(sent -> MessageDigest.isEqual(sent.getBytes(ISO_8859_1), secret))
        .isPresent();
  }

  /** Returns whether {@code role} is one of the items that {@code all} separates by commas. */
  static boolean lists(String all, String role) {
    return Arrays.stream(all.split(",")).map(String::trim).anyMatch(role::equals);
  }
}
