package io.osspost.java8;

import io.osspost.edition.Supplies;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Newer methods of {@link java.util.Optional}. */
@Supplies("java.util.Optional")
public final class OptionalMethods {
  private OptionalMethods() {}

  public static <T> boolean isEmpty(Optional<T> optional) {
    return !optional.isPresent();
  }

  public static <T> T orElseThrow(Optional<T> optional) {
    return optional.get();
  }

  @SuppressWarnings("unchecked")
  public static <T> Optional<T> or(
      Optional<T> optional, Supplier<? extends Optional<? extends T>> other) {
    Objects.requireNonNull(other);
    return optional.isPresent() ? optional : Objects.requireNonNull((Optional<T>) other.get());
  }

  public static <T> Stream<T> stream(Optional<T> optional) {
    return optional.isPresent() ? Stream.of(optional.get()) : Stream.empty();
  }
}
