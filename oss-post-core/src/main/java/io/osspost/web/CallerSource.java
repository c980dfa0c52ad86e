package io.osspost.web;

import java.security.Principal;
import java.util.Optional;

/**
 * Finds the user that the application, a framework or a proxy logged in, and the user's roles. It
 * replaces the login of the container. Called from any thread, once or several times per request.
 */
@FunctionalInterface
public interface CallerSource {
  /**
   * {@return the logged-in user; empty if the client is not logged in}
   *
   * @param request the request, whose origin and method have been checked
   * @throws io.osspost.profile.UploadRefusedException if there is a user without a usable name
   */
  Optional<Principal> user(WebRequest request);

  /**
   * {@return whether the user has {@code role}} Defaults to the roles of the container's login.
   *
   * @param request the same request
   * @param role a name from the profile's roles
   */
  default boolean isInRole(WebRequest request, String role) {
    return request.isInRole(role);
  }

  /**
   * {@return a source that reads the session of an application with its own login} It never creates
   * a session.
   *
   * @param name the attribute with the user's name, such as {@code userName}, or with an object
   *     that has it, such as {@code loginUser.loginName}: a public getter, or a key of a map. The
   *     name is a text or a number
   * @param roles where the user's roles are, in the same form: a collection, an array, or a text
   *     with commas; empty if users have no roles
   */
  static CallerSource ofSession(String name, Optional<String> roles) {
    return new SessionCallers(new SessionValue(name), roles.map(SessionValue::new));
  }

  /**
   * {@return a source that reads a header that a proxy sets after its login} Requests without the
   * secret in the header {@code X-Oss-Post-Secret} are not logged in, whatever their other headers
   * are.
   *
   * @param name the header with the user's name. The proxy must replace a header that the client
   *     sent
   * @param roles the header with the user's roles, separated by commas; empty if users have none
   * @param secret the secret that only the proxy knows: 32 characters or more, of visible ASCII
   * @throws IllegalArgumentException if the secret or a header's name has another form
   */
  static CallerSource ofHeader(String name, Optional<String> roles, String secret) {
    return new HeaderCallers(name, roles, secret);
  }
}
