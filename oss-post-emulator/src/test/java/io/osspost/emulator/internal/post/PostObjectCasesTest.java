package io.osspost.emulator.internal.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import io.osspost.emulator.StoredObject;
import io.osspost.emulator.testing.RawHttp.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stored and rejected forms, case by case, from {@code cases/post-object}. */
class PostObjectCasesTest {

  static List<PostCase> cases() {
    return PostCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void answersAsDocumented(PostCase example) throws IOException {
    PostEdits edits = new PostEdits(example.edits());
    try (OssEmulator oss = edits.start()) {
      Answer answer = edits.post(oss);

      int arrow = example.answer().indexOf(" -> ");
      if (arrow >= 0) {
        assertStored(
            oss,
            answer,
            example.answer().substring(0, arrow),
            example.answer().substring(arrow + 4));
      } else {
        assertRefused(answer, example.answer().split(" ", -1));
        if (example.edits().stream().noneMatch(edit -> edit.startsWith("stored"))) {
          assertThat(oss.keys()).isEmpty();
        }
      }
      example.more().forEach(more -> assertMore(oss, answer, more));
    }
  }

  @Test
  void everyCaseHasItsOwnNameAndNamesItsRule() {
    assertThat(cases()).hasSizeGreaterThan(150).allMatch(example -> !example.rule().isBlank());
    assertThat(cases().stream().map(example -> example.file() + example.name()))
        .doesNotHaveDuplicates();
  }

  private static void assertStored(OssEmulator oss, Answer answer, String status, String key) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(Integer.parseInt(status));
    assertThat(answer.header("x-oss-ec")).isNull();
    assertThat(oss.keys()).containsExactly(PostCase.text(key));
  }

  private static void assertRefused(Answer answer, String[] expected) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(Integer.parseInt(expected[0]));
    assertThat(answer.member("Code")).isEqualTo(expected[1]);
    String ec = expected[2].equals("-") ? null : expected[2];
    assertThat(answer.member("EC")).isEqualTo(ec);
    assertThat(answer.header("x-oss-ec")).isEqualTo(ec);
    assertThat(answer.member("RequestId"))
        .matches("[0-9A-F]{24}")
        .isEqualTo(answer.header("x-oss-request-id"));
  }

  private static void assertMore(OssEmulator oss, Answer answer, String more) {
    if (more.startsWith("no ")) {
      assertThat(answer.header(more.substring(3))).isNull();
      return;
    }
    int equals = more.indexOf(" = ");
    int colon = more.indexOf(": ");
    if (equals < 0 || (colon >= 0 && colon < equals)) {
      assertThat(answer.header(more.substring(0, colon)))
          .as(more)
          .isEqualTo(more.substring(colon + 2));
      return;
    }
    String name = more.substring(0, equals);
    String expected =
        more.substring(equals + 3)
            .replace("{endpoint}", oss.endpoint().toString())
            .replace("{host}", oss.endpoint().getAuthority());
    String found =
        name.startsWith("<")
            ? answer.member(name.substring(1, name.length() - 1))
            : ofObject(oss.object(oss.keys().get(0)).orElseThrow(), name);
    assertThat(found).as(more).isNotNull();
    assertThat(found.strip()).as(more).isEqualTo(expected.strip());
  }

  private static String ofObject(StoredObject object, String what) {
    String[] words = what.split(" ", 2);
    return switch (words[0]) {
      case "type" -> object.contentType();
      case "acl" -> object.acl();
      case "content" -> content(object);
      case "stored" -> object.headers().get(words[1]);
      case "meta" -> object.metadata().get(words[1]);
      default -> throw new IllegalArgumentException("Unknown property: " + what);
    };
  }

  private static String content(StoredObject object) {
    assertThat(object.size()).isLessThan(1024);
    try (InputStream in = object.content()) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
