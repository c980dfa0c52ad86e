package io.osspost.java8;

import io.osspost.edition.Supplies;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** {@link java.util.Set#of} and {@link java.util.Set#copyOf}. */
@Supplies("java.util.Set")
public final class SetMethods {
  private SetMethods() {}

  public static <E> Set<E> of() {
    return set();
  }

  public static <E> Set<E> of(E a) {
    return set(a);
  }

  public static <E> Set<E> of(E a, E b) {
    return set(a, b);
  }

  public static <E> Set<E> of(E a, E b, E c) {
    return set(a, b, c);
  }

  public static <E> Set<E> of(E a, E b, E c, E d) {
    return set(a, b, c, d);
  }

  public static <E> Set<E> of(E a, E b, E c, E d, E e) {
    return set(a, b, c, d, e);
  }

  public static <E> Set<E> of(E a, E b, E c, E d, E e, E f) {
    return set(a, b, c, d, e, f);
  }

  public static <E> Set<E> of(E a, E b, E c, E d, E e, E f, E g) {
    return set(a, b, c, d, e, f, g);
  }

  public static <E> Set<E> of(E a, E b, E c, E d, E e, E f, E g, E h) {
    return set(a, b, c, d, e, f, g, h);
  }

  public static <E> Set<E> of(E a, E b, E c, E d, E e, E f, E g, E h, E i) {
    return set(a, b, c, d, e, f, g, h, i);
  }

  public static <E> Set<E> of(E a, E b, E c, E d, E e, E f, E g, E h, E i, E j) {
    return set(a, b, c, d, e, f, g, h, i, j);
  }

  @SafeVarargs
  public static <E> Set<E> of(E... elements) {
    return set(elements);
  }

  public static <E> Set<E> copyOf(Collection<? extends E> elements) {
    Set<E> copy = new LinkedHashSet<>();
    elements.forEach(element -> copy.add(Objects.requireNonNull(element)));
    return Collections.unmodifiableSet(copy);
  }

  /** Returns an unmodifiable set in the order of {@code elements}. */
  @SuppressWarnings("unchecked")
  private static <E> Set<E> set(Object... elements) {
    Set<E> set = new LinkedHashSet<>();
    for (Object element : elements) {
      if (!set.add((E) Objects.requireNonNull(element))) {
        throw new IllegalArgumentException("duplicate element: " + element);
      }
    }
    return Collections.unmodifiableSet(set);
  }
}
