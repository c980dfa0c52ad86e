package io.osspost.profile;

import io.osspost.wire.Surrogates;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client that requests a grant: an authenticated principal, or an anonymous caller. Immutable.
 */
public final class Caller {
  private static final Caller ANONYMOUS = new Caller(null);

  private final @Nullable String principal;

  private Caller(@Nullable String principal) {
    this.principal = principal;
  }

  /**
   * {@return the caller that the container or framework authenticated under this name}
   *
   * @param principal the name, different for every person; not empty
   * @throws IllegalArgumentException if the name is empty
   * @throws UploadRefusedException if the name contains an unpaired surrogate or U+0000
   */
  public static Caller named(String principal) {
    if (principal.isEmpty()) {
      throw new IllegalArgumentException(
          "The principal's name is empty. Use Caller.anonymous() for callers without a name.");
    }
    if (Surrogates.anyLone(principal)) {
      throw new UploadRefusedException(
          UploadRefusedException.Reason.NOT_ALLOWED,
          "Your name contains an unpaired surrogate, so it has no directory of its own.",
          "Ask the operator to correct the name.");
    }
    if (principal.indexOf('\0') >= 0) {
      throw new UploadRefusedException(
          UploadRefusedException.Reason.NOT_ALLOWED,
          "Your name contains the character U+0000, which databases do not store.",
          "Ask the operator to correct the name.");
    }
    return new Caller(principal);
  }

  /** {@return the caller that did not log in} */
  public static Caller anonymous() {
    return ANONYMOUS;
  }

  /** {@return the principal's name; empty for an anonymous caller} */
  public Optional<String> principal() {
    return Optional.ofNullable(principal);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Caller caller && Objects.equals(principal, caller.principal);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(principal);
  }

  @Override
  public String toString() {
    return principal == null ? "anonymous" : principal;
  }
}
