package io.osspost.java8;

import io.osspost.edition.Supplies;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Newer methods of {@link java.util.stream.Stream}. */
@Supplies("java.util.stream.Stream")
public final class StreamMethods {
  private StreamMethods() {}

  @SuppressWarnings("unchecked")
  public static <T> List<T> toList(Stream<T> stream) {
    return (List<T>) Collections.unmodifiableList(Arrays.asList(stream.toArray()));
  }
}
