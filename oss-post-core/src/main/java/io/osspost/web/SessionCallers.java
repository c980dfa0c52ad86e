package io.osspost.web;

import java.lang.System.Logger;
import java.lang.reflect.Array;
import java.security.Principal;
import java.util.Collection;
import java.util.Optional;

/** The users whom an application keeps in the session. Thread-safe. */
final class SessionCallers implements CallerSource {
  private static final Logger LOG = System.getLogger(UploadEndpoints.class.getName());

  private final RefusalLog refusals = new RefusalLog(LOG, System::nanoTime, "Caller refused");
  private final SessionValue name;
  private final Optional<SessionValue> roles;

  SessionCallers(SessionValue name, Optional<SessionValue> roles) {
    this.name = name;
    this.roles = roles;
  }

  @Override
  public Optional<Principal> user(WebRequest request) {
    try {
      return name.in(request).map(SessionCallers::nameOf).map(text -> () -> text);
    } catch (UnusableValueException e) {
      refusals.refused("session:" + name, "It " + e.getMessage() + ". Correct the setting caller.");
      throw HeaderCallers.notAuthenticated();
    }
  }

  private static String nameOf(Object value) {
    if (!(value instanceof CharSequence) && !(value instanceof Number)) {
      throw new UnusableValueException(
          "has class " + value.getClass().getName() + ", which is neither a text nor a number");
    }
    String text = value.toString().trim();
    if (text.isEmpty()) {
      throw new UnusableValueException("is empty");
    }
    return text;
  }

  @Override
  public boolean isInRole(WebRequest request, String role) {
    try {
      return roles.flatMap(place -> place.in(request)).filter(all -> has(all, role)).isPresent();
    } catch (UnusableValueException e) {
      refusals.refused(
          "session:" + roles.get(), "It " + e.getMessage() + ". Correct the setting caller-roles.");
      return false;
    }
  }

  private static boolean has(Object all, String role) {
    if (all instanceof Collection<?> collection) {
      return collection.stream().map(String::valueOf).anyMatch(role::equals);
    }
    if (all.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(all); i++) {
        if (role.equals(String.valueOf(Array.get(all, i)))) {
          return true;
        }
      }
      return false;
    }
    if (all instanceof CharSequence || all instanceof Enum<?>) {
      return HeaderCallers.lists(all.toString(), role);
    }
    throw new UnusableValueException(
        "has class "
            + all.getClass().getName()
            + ", which is neither a text nor a collection nor an array");
  }
}
