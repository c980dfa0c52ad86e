package io.osspost.emulator.internal.ram;

import java.util.List;
import java.util.stream.Stream;

/**
 * The resources of a statement: {@code *}, or five segments that match separately. A wildcard never
 * matches across a colon, except in the last segment, which contains object keys.
 */
final class ResourcePattern {
  private static final int SEGMENTS = 5;

  /** The position of the segment that may be {@code cn-hangzhou} or {@code oss-cn-hangzhou}. */
  private static final int REGION = 2;

  private final String text;
  private final List<Wildcard> segments;

  ResourcePattern(String text) {
    this.text = text;
    this.segments = Stream.of(segments(text)).map(Wildcard::new).toList();
  }

  boolean matches(String resource) {
    if (text.equals("*")) {
      return true;
    }
    String[] parts = segments(resource);
    if (segments.size() != SEGMENTS || parts.length != SEGMENTS) {
      return false;
    }
    for (int i = 0; i < SEGMENTS; i++) {
      if (!segments.get(i).matches(parts[i])
          && !(i == REGION && segments.get(i).matches("oss-" + parts[i]))) {
        return false;
      }
    }
    return true;
  }

  private static String[] segments(String resource) {
    return resource.split(":", SEGMENTS);
  }

  @Override
  public String toString() {
    return text;
  }
}
