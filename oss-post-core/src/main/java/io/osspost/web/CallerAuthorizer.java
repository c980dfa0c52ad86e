package io.osspost.web;

import io.osspost.profile.Caller;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;

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
    return request ->
        request
            .principal()
            .map(Caller::named)
            .orElseThrow(
                () ->
                    new UploadRefusedException(
                        Reason.NOT_AUTHENTICATED,
                        "Only logged-in users may upload.",
                        "Log in and try again."));
  }

  /**
   * {@return an authorizer that accepts every caller: the container's principal, otherwise an
   * anonymous caller}
   */
  static CallerAuthorizer anonymousAllowed() {
    return request -> request.principal().map(Caller::named).orElseGet(Caller::anonymous);
  }
}
