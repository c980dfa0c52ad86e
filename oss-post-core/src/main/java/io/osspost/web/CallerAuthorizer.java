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
   * Returns the caller the grant is for.
   *
   * @throws UploadRefusedException to refuse; its texts are shown to the client
   */
  Caller authorize(WebRequest request);

  /** The principal the container authenticated; whoever is not logged in is refused. */
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

  /** The authenticated principal where there is one; everybody else is served as anonymous. */
  static CallerAuthorizer anonymousAllowed() {
    return request -> request.principal().map(Caller::named).orElseGet(Caller::anonymous);
  }
}
