package io.osspost.spring;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.settings.InvalidSettingException;
import io.osspost.settings.UploadSettings;
import io.osspost.testsupport.LoggedLines;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** No mistake in the settings starts in silence, and its message names the setting. */
@ExtendWith(OutputCaptureExtension.class)
class SettingMistakesTest {
  @Test
  void settingsWithoutAMistakeStartInSilence(CapturedOutput output) {
    assertThat(inSpring(SettingMistakes.BASE, output)).isEmpty();
  }

  @Test
  void thereAreEnoughMistakes() {
    assertThat(all().map(SettingMistake::toString).distinct()).hasSizeGreaterThan(250);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void mistakeIsNamedInSpring(SettingMistake mistake, CapturedOutput output) {
    assertNamed(mistake, inSpring(mistake.settings(), output));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void mistakeIsNamedInTheFilter(SettingMistake mistake) {
    assertNamed(mistake, inTheFilter(mistake.settings()));
  }

  static Stream<SettingMistake> all() {
    return Stream.of(SettingMistakes.all(), SettingCombinations.all()).flatMap(List::stream);
  }

  private static void assertNamed(SettingMistake mistake, String message) {
    assertThat(message).as("%s must not start in silence", mistake).isNotEmpty();
    assertThat(mistake.wrong()).as(message).anyMatch(setting -> names(message, setting));
    assertThat(message).contains(mistake.meant());
    assertThat(message).doesNotContain(Starter.SECRET);
  }

  /** A message may also name the profile, and its setting apart from it. */
  private static boolean names(String message, String setting) {
    return message.contains(setting)
        || (setting.startsWith("profiles.avatars.")
            && message.contains("avatars")
            && message.contains(setting.split("[.]", -1)[2]));
  }

  /** Returns the failure of the start, as Boot prints it, or the warnings. */
  private static String inSpring(Map<String, String> settings, CapturedOutput output) {
    StringBuilder failure = new StringBuilder();
    String warnings =
        warningsOf(
            () ->
                Starter.bare(new WebApplicationContextRunner())
                    .withPropertyValues(
                        settings.entrySet().stream()
                            .map(each -> "oss.post." + each.getKey() + "=" + each.getValue())
                            .toArray(String[]::new))
                    .run(
                        context -> {
                          if (context.getStartupFailure() != null) {
                            FailureAnalysis analysis = FailedStart.analysis(context);
                            failure.append(analysis.getDescription()).append(analysis.getAction());
                          }
                        }));
    String ofSpring =
        output.getAll().lines().filter(line -> line.contains("WARN")).collect(joining("\n"));
    return failure.isEmpty() ? warnings + ofSpring : failure.toString();
  }

  /** Returns the failure that a filter throws, or the warnings. */
  private static String inTheFilter(Map<String, String> settings) {
    StringBuilder failure = new StringBuilder();
    String warnings =
        warningsOf(
            () -> {
              try {
                UploadSettings.read(settings).open().close();
              } catch (InvalidSettingException e) {
                failure.append(e.getMessage());
              }
            });
    return failure.isEmpty() ? warnings : failure.toString();
  }

  /** Returns the warnings that core logs while {@code start} runs. */
  private static String warningsOf(Runnable start) {
    return String.join("\n", LoggedLines.warnings("io.osspost", start));
  }
}
