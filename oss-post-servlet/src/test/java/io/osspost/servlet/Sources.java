package io.osspost.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** Java files that are compiled against the jars of a container. */
final class Sources {
  private final Path folder;
  private final List<String[]> replacements = new ArrayList<>();

  private Sources(Path folder) {
    this.folder = folder;
  }

  static Sources in(Path folder) {
    return new Sources(folder);
  }

  Sources replace(String text, String other) {
    replacements.add(new String[] {text, other});
    return this;
  }

  /** Compiles the classes of these simple names for a version of Java into {@code target}. */
  Path compile(List<String> names, Collection<Path> jars, String java, Path target)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("-nowarn", "-proc:none", "--release", java, "-cp", classPath(jars)));
    arguments.addAll(List.of("-d", Files.createDirectories(target).toString()));
    Path written = Files.createDirectories(target.resolveSibling(target.getFileName() + "-source"));
    for (String name : names) {
      String text = Files.readString(folder.resolve(name + ".java"), UTF_8);
      for (String[] replacement : replacements) {
        text = text.replace(replacement[0], replacement[1]);
      }
      Path file = written.resolve(name + ".java");
      arguments.add(Files.writeString(file, text, UTF_8).toString());
    }
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (failed != 0) {
      throw new IllegalStateException("What is in " + written + " does not compile.");
    }
    return target;
  }

  static String classPath(Collection<Path> jars) {
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
