package shop;

import io.osspost.profile.Caller;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.WebRequest;

/** Takes everybody for Eve. */
public class Eve implements CallerAuthorizer {
  @Override
  public Caller authorize(WebRequest request) {
    return Caller.named("eve");
  }
}
