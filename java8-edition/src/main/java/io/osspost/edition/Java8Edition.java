package io.osspost.edition;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the Java 8 edition of classes and jars. */
public final class Java8Edition {
  private Java8Edition() {}

  /**
   * Writes the Java 8 edition of a jar.
   *
   * @param arguments the jar, the jar to write, and optionally {@code with-layer} to add the
   *     classes of {@code io.osspost.java8}
   */
  public static void main(String[] arguments) throws IOException {
    boolean withLayer = List.of(arguments).contains("with-layer");
    JarRewriter.rewrite(Path.of(arguments[0]), Path.of(arguments[1]), withLayer);
  }

  /**
   * Returns the rewritten classes by their internal names.
   *
   * @param classes of Java 17
   * @param withLayer whether to add the classes of {@code io.osspost.java8}
   * @throws IllegalStateException if a class cannot be rewritten, or uses an API that neither Java
   *     8 nor the layer has
   */
  public static Map<String, byte[]> of(Collection<byte[]> classes, boolean withLayer) {
    Layer layer = new Layer();
    List<byte[]> all = new ArrayList<>(classes);
    if (withLayer) {
      all.addAll(layer.classes());
    }
    Map<String, byte[]> edition = new ClassDowngrade(layer).apply(all);
    Set<String> lacking = Java8Api.lacking(edition.values());
    if (!lacking.isEmpty()) {
      throw new IllegalStateException(
          "Java 8 lacks these APIs: "
              + String.join(", ", lacking)
              + ". Use others, or add methods to io.osspost.java8 in java8-edition.");
    }
    return edition;
  }
}
