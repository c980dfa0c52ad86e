package io.osspost.web;

import io.osspost.profile.Caller;
import io.osspost.profile.UploadRefusedException;
import java.security.Principal;

/**
 * Decides which caller a request comes from and whether it may request grants. Called once per
 * request, from any thread, before the profile and the credentials are read.
 */
@FunctionalInterface
public interface CallerAuthorizer {
  /**
   * {@return the caller that the grant is for}
   *
   * @param request the request, whose origin and method have been checked
   * @throws UploadRefusedException to refuse; its texts are shown to the client
   */
  Caller authorize(WebRequest request);

  /**
   * {@return an authorizer that returns the principal that the container authenticated} It refuses
   * callers that are not logged in.
   */
  static CallerAuthorizer authenticated() {
    return authenticated(Principal::getName);
  }

  /**
   * {@return an authorizer that returns the principal that the container authenticated, by a chosen
   * name} It refuses callers that are not logged in.
   *
   * @param names the names of callers
   */
  static CallerAuthorizer authenticated(PrincipalNames names) {
    return new PrincipalAuthorizer(names, false);
  }

  /**
   * {@return an authorizer that accepts every caller: the container's principal, otherwise an
   * anonymous caller}
   */
  static CallerAuthorizer anonymousAllowed() {
    return anonymousAllowed(Principal::getName);
  }

  /**
   * {@return an authorizer that accepts every caller: the container's principal by a chosen name,
   * otherwise an anonymous caller}
   *
   * @param names the names of callers
   */
  static CallerAuthorizer anonymousAllowed(PrincipalNames names) {
    return new PrincipalAuthorizer(names, true);
  }
}
