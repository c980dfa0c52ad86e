package io.osspost.web;

import io.osspost.profile.Caller;
import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Authorizes the principal that the container or the framework authenticated. Thread-safe. */
final class PrincipalAuthorizer implements CallerAuthorizer {
  private static final System.Logger LOG = System.getLogger(UploadEndpoints.class.getName());

  /**
   * The texts that Java makes of objects without a name: {@code com.example.User@1b2c3d}, {@code
   * User[id=7, ...]}, {@code User(id=7)} and {@code User{id=7}}.
   */
  private static final Pattern TEXT_OF_OBJECT =
      Pattern.compile(
          "((?:[a-z_][\\w$]*\\.)+[A-Z][\\w$]*)@[0-9a-f]{1,8}"
              + "|((?:[a-z_][\\w$]*\\.)*[A-Z][\\w$]*) ?[\\[({].*=.*[])}]",
          Pattern.DOTALL);

  private final PrincipalNames names;
  private final boolean allowAnonymous;
  private final AtomicBoolean warned = new AtomicBoolean();

  PrincipalAuthorizer(PrincipalNames names, boolean allowAnonymous) {
    this.names = names;
    this.allowAnonymous = allowAnonymous;
  }

  @Override
  public Caller authorize(WebRequest request) {
    Optional<String> name = request.userPrincipal().map(this::nameOf);
    if (name.isPresent()) {
      return Caller.named(name.get());
    }
    if (allowAnonymous) {
      return Caller.anonymous();
    }
    throw new UploadRefusedException(
        Reason.NOT_AUTHENTICATED, "Only logged-in users may upload.", "Log in and try again.");
  }

  private String nameOf(Principal principal) {
    String name = names.nameOf(principal);
    Matcher text = TEXT_OF_OBJECT.matcher(name);
    if (text.matches() && warned.compareAndSet(false, true)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The name of a caller is the text of an object of class {0}. It becomes part of every"
              + " key, may contain personal data, and may differ at every login. Choose a name with"
              + " principal-names.",
          text.group(1) == null ? text.group(2) : text.group(1));
    }
    return name;
  }
}
