package io.osspost.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The prose of one file of the project: the comments and messages of code, or the whole document.
 *
 * @param file relative to the project's folder
 * @param comments the text of comments; of a document, all of it
 * @param messages the texts in quotes, one per line; empty for a document
 */
record SourceText(Path file, String comments, String messages) {
  private static final Set<String> CODE = Set.of("java", "js", "mjs", "ts");
  private static final Set<String> DOCUMENTS =
      Set.of("md", "html", "jsp", "xml", "yml", "properties", "css");

  /** Folders of generated files, of other people's files, and of recorded data. */
  private static final Set<String> SKIPPED =
      Set.of("target", "node_modules", ".git", "vectors", "corpus", "dist");

  private static final Pattern TOKEN =
      Pattern.compile(
          "\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\\\n]++|\\\\.)*+'"
              + "|/\\*.*?\\*/|//[^\\n]*",
          Pattern.DOTALL);

  /** Reads all files below {@code project} that contain prose. */
  static List<SourceText> of(Path project) throws IOException {
    List<SourceText> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path relative = project.relativize(file);
        if (isSkipped(relative)) {
          continue;
        }
        String extension = extensionOf(relative);
        if (CODE.contains(extension)) {
          texts.add(ofCode(relative, Files.readString(file, UTF_8)));
        } else if (DOCUMENTS.contains(extension)) {
          texts.add(new SourceText(relative, Files.readString(file, UTF_8), ""));
        }
      }
    }
    return texts;
  }

  /** Separates comments and messages of code. */
  static SourceText ofCode(Path file, String code) {
    StringBuilder comments = new StringBuilder();
    StringBuilder messages = new StringBuilder();
    Matcher token = TOKEN.matcher(code);
    while (token.find()) {
      StringBuilder kind = token.group().startsWith("/") ? comments : messages;
      kind.append(token.group()).append('\n');
    }
    return new SourceText(file, comments.toString(), messages.toString());
  }

  boolean isJava() {
    return extensionOf(file).equals("java");
  }

  boolean isDocument() {
    return extensionOf(file).equals("md");
  }

  private static boolean isSkipped(Path file) {
    for (Path part : file) {
      if (SKIPPED.contains(part.toString())) {
        return true;
      }
    }
    return false;
  }

  private static String extensionOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
