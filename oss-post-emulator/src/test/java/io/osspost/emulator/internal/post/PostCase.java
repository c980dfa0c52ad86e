package io.osspost.emulator.internal.post;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One line of {@code cases/post-object} with five columns, the last one optional.
 *
 * <pre>
 * name | rule it rests on | edit ; edit | 400 Code EC   | more ; more
 * name | rule it rests on | -           | 200 -> key
 * </pre>
 *
 * <p>{@link PostEdits} performs the edits, {@link PostObjectCasesTest} checks the rest of the
 * answer. In a text <code>{x*5}</code> stands for {@code xxxxx}, and a backslash for a line end
 * ({@code r}, {@code n}), a byte ({@code xff}) or itself. An answer without EC has {@code -} in its
 * place.
 */
record PostCase(
    String file, String name, String rule, List<String> edits, String answer, List<String> more) {
  private static final Pattern REPEATED = Pattern.compile("\\{(.)\\*(\\d+)}");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(r|n|\\\\|x[0-9a-f]{2})");

  /** Returns all cases, file by file. */
  static List<PostCase> all() {
    Path folder = Path.of("src/test/resources/cases/post-object");
    try (Stream<Path> files = Files.list(folder)) {
      List<PostCase> cases = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        Files.readAllLines(file, UTF_8).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> parse(String.valueOf(file.getFileName()), line))
            .forEach(cases::add);
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PostCase parse(String file, String line) {
    String[] columns = line.split(" \\| ", -1);
    if (columns.length < 4 || columns.length > 5) {
      throw new IllegalArgumentException(columns.length + " columns in " + file + ": " + line);
    }
    return new PostCase(
        file,
        columns[0],
        columns[1],
        items(columns[2]),
        columns[3],
        columns.length == 5 ? items(columns[4]) : List.of());
  }

  private static List<String> items(String column) {
    return column.equals("-") ? List.of() : Arrays.asList(column.split(" ; ", -1));
  }

  /** Returns a text of a case with its escapes replaced. */
  static String text(String written) {
    String repeated =
        REPEATED
            .matcher(written)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(1).repeat(Integer.parseInt(found.group(2)))));
    return ESCAPE
        .matcher(repeated)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    switch (found.group(1)) {
                      case "r" -> "\r";
                      case "n" -> "\n";
                      case "\\" -> "\\";
                      default ->
                          Character.toString(Integer.parseInt(found.group(1).substring(1), 16));
                    }));
  }

  @Override
  public String toString() {
    return name + " [" + rule + "]";
  }
}
