package io.osspost.java8;

import io.osspost.edition.Supplies;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** {@link java.util.List#of} and {@link java.util.List#copyOf}. */
@Supplies("java.util.List")
public final class ListMethods {
  private ListMethods() {}

  public static <E> List<E> of() {
    return list();
  }

  public static <E> List<E> of(E a) {
    return list(a);
  }

  public static <E> List<E> of(E a, E b) {
    return list(a, b);
  }

  public static <E> List<E> of(E a, E b, E c) {
    return list(a, b, c);
  }

  public static <E> List<E> of(E a, E b, E c, E d) {
    return list(a, b, c, d);
  }

  public static <E> List<E> of(E a, E b, E c, E d, E e) {
    return list(a, b, c, d, e);
  }

  public static <E> List<E> of(E a, E b, E c, E d, E e, E f) {
    return list(a, b, c, d, e, f);
  }

  public static <E> List<E> of(E a, E b, E c, E d, E e, E f, E g) {
    return list(a, b, c, d, e, f, g);
  }

  public static <E> List<E> of(E a, E b, E c, E d, E e, E f, E g, E h) {
    return list(a, b, c, d, e, f, g, h);
  }

  public static <E> List<E> of(E a, E b, E c, E d, E e, E f, E g, E h, E i) {
    return list(a, b, c, d, e, f, g, h, i);
  }

  public static <E> List<E> of(E a, E b, E c, E d, E e, E f, E g, E h, E i, E j) {
    return list(a, b, c, d, e, f, g, h, i, j);
  }

  @SafeVarargs
  public static <E> List<E> of(E... elements) {
    return list(elements);
  }

  public static <E> List<E> copyOf(Collection<? extends E> elements) {
    return list(elements.toArray());
  }

  /** Returns an unmodifiable list of a copy of {@code elements}. */
  @SuppressWarnings("unchecked")
  private static <E> List<E> list(Object... elements) {
    Object[] copy = new Object[elements.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = Objects.requireNonNull(elements[i]);
    }
    return (List<E>) Collections.unmodifiableList(Arrays.asList(copy));
  }
}
