package shop;

import io.osspost.profile.Caller;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.WebRequest;

/** Identifies every caller as Eve. */
public class Eve implements CallerAuthorizer {
  @Override
  public Caller authorize(WebRequest request) {
    return Caller.named("eve");
  }
}
