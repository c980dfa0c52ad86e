package io.osspost.web;

import io.osspost.profile.Caller;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;

/**
 * Decides who is asking for a grant. Called once per request, from any thread, before the profile
 * and the credentials are touched.
 */
@FunctionalInterface
public interface CallerAuthorizer {
  /**
   * {@return the caller the grant is for}
   *
   * @param request what came in; its origin was checked, and nothing else
   * @throws UploadRefusedException to refuse; its texts are shown to the client
   */
  Caller authorize(WebRequest request);

  /**
   * {@return an authorizer that knows the principal the container authenticated} Whoever is not
   * logged in is refused.
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
                        "Only callers who are logged in may upload.",
                        "Log in and try again."));
  }

  /**
   * {@return an authorizer that takes everybody, by principal where the container has one, else as
   * anonymous}
   */
  static CallerAuthorizer anonymousAllowed() {
    return request -> request.principal().map(Caller::named).orElseGet(Caller::anonymous);
  }
}
