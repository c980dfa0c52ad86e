package io.osspost.edition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The class files of one source file of the package {@code io.osspost.sample}. */
final class Compiled {
  private Compiled() {}

  /** Compiles {@code name} for Java 17. */
  static List<byte[]> of(String name, Path folder, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("--release", "17", "-d", folder.toString()));
    arguments.add(Path.of("src/test/sample/io/osspost/sample", name + ".java").toString());
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (failed != 0) {
      throw new IllegalStateException(name + " does not compile.");
    }
    List<byte[]> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        classes.add(Files.readAllBytes(file));
      }
    }
    return classes;
  }

  /** Returns a loader of {@code classes}, and of the layer's classes as they are. */
  static ClassLoader load(Map<String, byte[]> classes) {
    return new ClassLoader(Compiled.class.getClassLoader()) {
      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name.replace('.', '/'));
        if (bytes == null) {
          throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
      }
    };
  }
}
