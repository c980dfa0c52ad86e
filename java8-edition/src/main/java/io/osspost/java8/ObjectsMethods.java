package io.osspost.java8;

import io.osspost.edition.Supplies;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Newer methods of {@link java.util.Objects}. */
@Supplies("java.util.Objects")
public final class ObjectsMethods {
  private ObjectsMethods() {}

  public static <T> T requireNonNullElse(@Nullable T object, T other) {
    return object != null ? object : Objects.requireNonNull(other, "defaultObj");
  }
}
