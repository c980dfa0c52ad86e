package io.osspost.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Counts words in the project's javadoc, documents and messages that native readers stumble over.
 */
class PlainEnglishTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern WORD = Pattern.compile("[A-Za-z']+");

  /** Phrases that never occur. The lists are resources, so that this file does not contain them. */
  private static final Pattern FORBIDDEN =
      Pattern.compile("\\b(?:" + String.join("|", lines("forbidden-phrases.txt")) + ")\\b");

  private static List<SourceText> texts;

  @BeforeAll
  static void read() throws IOException {
    texts = SourceText.of(PROJECT);
    assertThat(texts).as("files with prose below " + PROJECT).hasSizeGreaterThan(500);
  }

  @Test
  void javadocRarelyUsesWhat() {
    assertRare(SourceText::isJava);
  }

  @Test
  void documentsRarelyUseWhat() {
    assertRare(SourceText::isDocument);
  }

  @Test
  void proseContainsNoForbiddenPhrase() {
    List<String> found = new ArrayList<>();
    for (SourceText text : texts) {
      Matcher matcher = FORBIDDEN.matcher(joined(text.comments() + text.messages()));
      while (matcher.find()) {
        found.add(text.file() + ": " + matcher.group());
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void checkFindsPhrasesAcrossLines() {
    SourceText code =
        SourceText.ofCode(
            Path.of("A.java"), "/** Ends\n * unless\n * set. */ String a = \"by //no one\"; // b");
    assertThat(FORBIDDEN.matcher(joined(code.comments())).find()).isTrue();
    assertThat(code.messages()).isEqualTo("\"by //no one\"\n");
    assertThat(code.comments()).endsWith("// b\n");
  }

  /** At most one "what" per 1,000 words. */
  private static void assertRare(Predicate<SourceText> kind) {
    long words = 0;
    List<String> found = new ArrayList<>();
    for (SourceText text : texts) {
      if (kind.test(text)) {
        Matcher word = WORD.matcher(text.comments());
        while (word.find()) {
          words++;
          if (word.group().equalsIgnoreCase("what")) {
            found.add(text.file().toString());
          }
        }
      }
    }
    assertThat(words).isGreaterThan(10_000);
    assertThat(found)
        .as("\"what\" in " + words + " words")
        .hasSizeLessThanOrEqualTo((int) (words / 1000));
  }

  /** Returns the text in lower case, with its lines joined. */
  private static String joined(String prose) {
    return prose.toLowerCase(Locale.ROOT).replaceAll("\\s+(?:\\*\\s+|//\\s+|#\\s+)?", " ");
  }

  private static List<String> lines(String resource) {
    try (InputStream in = PlainEnglishTest.class.getResourceAsStream("/" + resource)) {
      return new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
