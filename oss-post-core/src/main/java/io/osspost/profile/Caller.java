package io.osspost.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.wire.AsciiSet;
import io.osspost.wire.Digests;
import io.osspost.wire.Surrogates;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who asks for a grant: an authenticated principal, or nobody we know. Immutable. */
public final class Caller {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final AsciiSet STAYS = AsciiSet.of(AsciiSet.ALPHANUMERIC + "_-");
  private static final int LONGEST_DIRECTORY = 200;
  private static final Caller ANONYMOUS = new Caller(null);

  private final @Nullable String principal;

  private Caller(@Nullable String principal) {
    this.principal = principal;
  }

  /**
   * {@return the caller the container or framework authenticated under this name}
   *
   * @param principal the name, different for every person; not empty
   * @throws IllegalArgumentException if the name is empty
   * @throws UploadRefusedException if the name contains an unpaired surrogate
   */
  public static Caller named(String principal) {
    if (principal.isEmpty()) {
      throw new IllegalArgumentException(
          "An authenticated caller has a name. Use Caller.anonymous() for callers without one.");
    }
    if (Surrogates.anyLone(principal)) {
      throw new UploadRefusedException(
          UploadRefusedException.Reason.NOT_ALLOWED,
          "Your name contains an unpaired surrogate, so it has no directory of its own.",
          "Ask the operator to correct the name.");
    }
    return new Caller(principal);
  }

  /** {@return a caller who did not log in} */
  public static Caller anonymous() {
    return ANONYMOUS;
  }

  /** {@return the principal's name; empty for an anonymous caller} */
  public Optional<String> principal() {
    return Optional.ofNullable(principal);
  }

  /**
   * The principal's name as one path segment of a key, different for every principal: letters,
   * digits, {@code _} and {@code -} stay, every other byte of the UTF-8 form becomes {@code =XX}.
   * What would be longer than 200 characters becomes {@code =h} and the SHA-256 of the name, which
   * no shorter name can produce because {@code h} is no hexadecimal digit.
   */
  Optional<String> directory() {
    return principal().map(Caller::encode);
  }

  private static String encode(String principal) {
    if (principal.length() <= LONGEST_DIRECTORY && STAYS.hasAll(principal)) {
      return principal;
    }
    byte[] bytes = principal.getBytes(UTF_8);
    StringBuilder encoded = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      if (STAYS.has(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('=').append(HEX.toHexDigits(b));
      }
    }
    return encoded.length() <= LONGEST_DIRECTORY
        ? encoded.toString()
        : "=h" + HexFormat.of().formatHex(Digests.sha256(bytes));
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
