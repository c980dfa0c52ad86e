package io.osspost.emulator.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmulatorRulesTest {

  @Test
  void everyQuestionHasOneDefaultAndAtLeastOneOtherAnswer() {
    for (EmulatorRule rule : EmulatorRule.values()) {
      List<EmulatorRule> readings = EmulatorRule.readings(rule.point());
      assertThat(readings).as(rule.point()).hasSizeGreaterThan(1);
      assertThat(readings.stream().filter(EmulatorRule::isDefault)).hasSize(1);
      assertThat(readings.stream().filter(EmulatorRules.standard()::has))
          .containsExactly(readings.get(0));
    }
  }

  @Test
  void oneAnswerReplacesTheOthersToItsQuestion() {
    EmulatorRules rules =
        EmulatorRules.standard()
            .with(EmulatorRule.REDIRECT_302)
            .with(EmulatorRule.FIELD_NAMES_EXACT)
            .with(EmulatorRule.REDIRECT_301);

    assertThat(rules.has(EmulatorRule.REDIRECT_303)).isFalse();
    assertThat(rules.has(EmulatorRule.REDIRECT_302)).isFalse();
    assertThat(rules.has(EmulatorRule.REDIRECT_301)).isTrue();
    assertThat(rules).hasToString("field-names=exact,redirect-status=301");
    assertThat(rules.with(EmulatorRule.REDIRECT_303).with(EmulatorRule.FIELD_NAMES_ANY_CASE))
        .isEqualTo(EmulatorRules.standard());
  }

  @Test
  void everyAnswerIsReadAsItIsWritten() {
    for (EmulatorRule rule : EmulatorRule.values()) {
      assertThat(EmulatorRules.standard().with(rule.toString()).has(rule)).as("%s", rule).isTrue();
    }
    assertThat(EmulatorRules.standard().with("field-names=exact, redirect-status=302"))
        .hasToString("field-names=exact,redirect-status=302");
  }

  @Test
  void wrongNamesListTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmulatorRules.standard().with("field-name=exact"))
        .withMessageStartingWith("There is no rule 'field-name'. The rules are: address-style,");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmulatorRules.standard().with("field-names"))
        .withMessage(
            "Rule 'field-names' cannot be ''. Write one of: field-names=any-case,"
                + " field-names=exact.");
  }

  /** The README lists every reading, in the order of the code, the default in bold. */
  @Test
  void readmeListsEveryRule() throws IOException {
    List<String> rows =
        Arrays.stream(EmulatorRule.values())
            .map(
                rule ->
                    "| "
                        + (rule.isDefault() ? "`" + rule.point() + "`" : "")
                        + " | "
                        + (rule.isDefault() ? "**" + rule.reading() + "**" : rule.reading())
                        + " | "
                        + rule.meaning()
                        + " |")
            .toList();

    List<String> readme = Files.readAllLines(Path.of("README.md"), UTF_8);

    int header = readme.indexOf("| rule | reading | meaning |");
    assertThat(header).isPositive();
    assertThat(
            readme.subList(header + 2, readme.size()).stream()
                .takeWhile(line -> line.startsWith("|")))
        .containsExactlyElementsOf(rows);
  }
}
